import type { Difference } from './difference.ts'

/** In what two texts may differ of whatever kind they are. */
export const differencesOfTexts: readonly Difference[] = [
  literal,
  whiteSpaceAround,
  invisible,
  escapeCase,
  letterCase,
  leadingUnderscore,
  listOfOne,
  htmlEscapes,
  percentEscapes,
  cut,
]

const names = ['InResponseTo', 'ID', 'Issuer', 'Destination', 'Audience', 'Recipient', 'undefined', 'null', '']

function literal(_expected: string, actual: string): string | undefined {
  if (actual === '') return 'it is empty'
  const unfilled = placeholder(actual)
  if (unfilled !== undefined) return unfilled
  return names.includes(actual) ? `it is the word ${actual}, where its value should stand` : undefined
}

/** That a text is what stands in a template, where a value should stand. */
export function placeholder(text: string): string | undefined {
  const isTemplate = /^\s*(?:\$?\{[^{}]*\}|\{\{[^{}]*\}\}|%[A-Za-z_]+%|@@?[A-Za-z_]+@@?)\s*$/.test(text)
  return isTemplate ? `it is a placeholder that nobody filled in: [${text.slice(0, 64)}]` : undefined
}

function whiteSpaceAround(expected: string, actual: string): string | undefined {
  if (actual.trim() === expected) return 'it differs only in white space around it'
  return actual === expected.trim() ? 'it differs only in white space around what was expected' : undefined
}

/** What no editor shows: controls, format characters, blanks that are no blank. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u00A0\u2000-\u200A\u202F\u205F\u3000]/gu

function invisible(expected: string, actual: string): string | undefined {
  for (const [what, text, other] of [
    ['it has', actual, expected],
    ['what was expected has', expected, actual],
  ] as const) {
    const [character] = text.match(unseen) ?? []
    if (character === undefined || sameWithout(text, other) === false) continue
    const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    return `${what} an invisible character, U+${code}, at ${text.indexOf(character) + 1}: they differ in that alone`
  }
  return undefined
}

const sameWithout = (text: string, other: string) =>
  text.replace(unseen, '') === other || text.replace(unseen, ' ') === other

function letterCase(expected: string, actual: string): string | undefined {
  return expected.toLowerCase() === actual.toLowerCase() ? 'it differs only in upper and lower case' : undefined
}

function leadingUnderscore(expected: string, actual: string): string | undefined {
  if (expected === `_${actual}`) return 'it is without the underscore at the beginning'
  return actual === `_${expected}` ? 'it has an underscore at the beginning that was not expected' : undefined
}

function listOfOne(expected: string, actual: string): string | undefined {
  const isList = [`[${expected}]`, `["${expected}"]`, `['${expected}']`, `"${expected}"`, `'${expected}'`].includes(
    actual,
  )
  return isList
    ? 'it is written as a list or in quotes: somebody printed a value of his language in place of the text'
    : undefined
}

function htmlEscapes(expected: string, actual: string): string | undefined {
  if (actual.replaceAll('&amp;', '&') === expected) return 'it differs only in that & was escaped twice, as &amp;'
  return undefined
}

function percentEscapes(expected: string, actual: string): string | undefined {
  if (unescaped(actual) === expected)
    return 'it differs only in escapes that should not be there: it was escaped once more'
  return actual === unescaped(expected) ? 'it differs only in that its escapes are missing' : undefined
}

function escapeCase(expected: string, actual: string): string | undefined {
  return upperEscapes(actual) === upperEscapes(expected) ? 'it differs only in the case of its escapes' : undefined
}

const upperEscapes = (text: string) => text.replace(/%[0-9A-Fa-f]{2}/g, (written) => written.toUpperCase())

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Of less than half nobody knows that it was meant. */
function cut(expected: string, actual: string): string | undefined {
  const isCut =
    expected.startsWith(actual) &&
    actual.length * 2 > expected.length &&
    /[\w%]$/.test(actual) &&
    /^\w/.test(expected.slice(actual.length))
  return isCut ? `it ends after ${actual.length} of ${expected.length} characters: it was cut` : undefined
}
