import { illegalArgument } from '../elasticsearch-error.ts'

/** What Lucene's regular expressions mean by these, no other engine means. */
const luceneOnly = /[~&<>#@"]/

const isRegex = (text: string): boolean => text.length > 1 && text.startsWith('/') && text.endsWith('/')

/** Whether a value of a rule is a pattern: text with a star, or a regular expression between slashes (es:FieldExpression). */
export const isPattern = (text: string): boolean => text.includes('*') || isRegex(text)

/** Whether the whole of `text` fits a pattern. */
export function matchesPattern(pattern: string, text: string): boolean {
  return compile(pattern).test(text)
}

/** @throws ElasticsearchError 400 for a regular expression that cannot be read, or that only Lucene reads. */
export function checkPattern(text: string): void {
  if (isPattern(text)) compile(text)
}

function compile(pattern: string): RegExp {
  const source = isRegex(pattern) ? fromLucene(pattern.slice(1, -1)) : fromWildcards(pattern)
  try {
    return new RegExp(`^(?:${source})$`, 'su')
  } catch (cause) {
    throw illegalArgument(`the pattern [${pattern}] is not a regular expression: ${(cause as Error).message}`)
  }
}

/**
 * `*` is any text, `?` any one character, a backslash takes the next character as it is (es:Automatons.wildcard).
 *
 * What stands between two stars is taken where it is found first, since what follows gains nothing by a later place. A lookahead that is
 * referred to is never tried again: with a plain `.*` each star would multiply the time by the length of the text.
 */
function fromWildcards(pattern: string): string {
  const [first = '', ...others] = divideAtStars(pattern)
  const last = others.pop()
  const between = others.map((part, index) => `(?=(?<star${index}>.*?${part}))\\k<star${index}>`)
  return last === undefined ? first : `${first}${between.join('')}.*${last}`
}

function divideAtStars(pattern: string): readonly string[] {
  const parts = ['']
  for (const [match, escaped] of pattern.matchAll(/\\(.)|[\s\S]/gu)) {
    if (match === '*') parts.push('')
    else parts.push(parts.pop() + (match === '?' ? '.' : literally(escaped ?? match)))
  }
  return parts
}

/** Lucene anchors the whole and has no anchors of its own: `^` and `$` stand for themselves outside of a class. */
function fromLucene(regex: string): string {
  return regex.replace(/\\([\s\S])|\[(?:\\[\s\S]|[^\]\\])*\]|[\s\S]/gu, (match, escaped: string | undefined) => {
    if (escaped !== undefined) return /[dDwWsS]/.test(escaped) ? match : literally(escaped)
    if (match.length > 1) return match
    if (luceneOnly.test(match)) throw onlyLuceneReads(regex, match)
    return match === '^' || match === '$' ? literally(match) : match
  })
}

function onlyLuceneReads(regex: string, operator: string) {
  return illegalArgument(
    `the pattern [/${regex}/] uses [${operator}], which this emulator does not read as Lucene does; escape it to mean itself`,
  )
}

function literally(character: string): string {
  return /[\\^$.*+?()[\]{}|/]/.test(character) ? `\\${character}` : character
}
