import { ConfigError } from '#server/config'

/** 100 years: now and that much later can be written as an instant of four-digit years (saml-core-2.0 §1.3.3, xs:dateTime). */
export const mostSeconds = 3_155_760_000

// XML 1.0 §2.2 and, where a value is one line of a page or a message, every control character. With the u flag a surrogate matches only when it stands alone.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const notInText = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uD800-\uDFFF\uFFFE\uFFFF]/u
const notInLine = /[\p{Cc}\u2028\u2029\uD800-\uDFFF\uFFFE\uFFFF]/u

/** What makes a value unfit for one line of a message, a page or a log: `it holds U+0007 …`; undefined when nothing does. */
export function whyNoLine(value: string): string | undefined {
  return because(notInLine.exec(value))
}

/** What makes a value unfit for a text of a message, which may have several lines and says something (XML 1.0 §2.2, saml-core-2.0 §1.3.1). */
export function whyNoText(value: string): string | undefined {
  return because(notInText.exec(value)) ?? (/\S/.test(value) ? undefined : 'expected a text, found nothing but blanks')
}

/** What makes a value unfit for an entity identifier: a URI of at most 1024 characters (saml-core-2.0 §8.3.6). */
export function whyNoUri(value: string): string | undefined {
  if (value === '' || value.length > 1024) return 'an entity id has between 1 and 1024 characters'
  return whyNoLine(value) ?? (/\s/.test(value) ? `[${value}] is no URI, it has a blank in it` : undefined)
}

/** @throws ConfigError when a value is not one line of text that XML can carry. */
export function checkLine(path: string, value: string): void {
  refuse(path, whyNoLine(value))
}

/** @throws ConfigError when XML cannot carry a value, which may have several lines. */
export function checkText(path: string, value: string): void {
  refuse(path, because(notInText.exec(value)))
}

/** @throws ConfigError when a number is not one of this range. */
export function checkRange(path: string, value: number, [least, most]: readonly [number, number]): number {
  if (Number.isFinite(value) && value >= least && value <= most) return value
  const range = value >= least ? `of at most ${most}` : `of at least ${least}`
  throw new ConfigError(`${path}: [${value}] is not a number ${range}`)
}

function refuse(path: string, reason: string | undefined): void {
  if (reason !== undefined) throw new ConfigError(`${path}: ${reason}`)
}

function because(found: RegExpExecArray | null): string | undefined {
  if (found === null) return undefined
  const code = (found[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `it holds the character U+${code} at position ${found.index + 1}, which cannot be written there`
}
