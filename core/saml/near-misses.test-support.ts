import { isOfType } from './schema/simple-types.ts'

/** A value that is not the one it resembles, under a name that fits "the Issuer …". */
type NearMiss = readonly [name: string, value: string]

/** What is another value wherever two are compared character by character, as SAML has names compared (saml-core §1.3.1, §1.3.2). */
export function nearMisses(value: string): readonly NearMiss[] {
  return [
    ['in another case', swapCase(value)],
    ['with its last letter in another case', value.replace(/[a-z](?=[^a-z]*$)/i, swapCase)],
    ['with a slash more', `${value}/`],
    ['without its last character', value.slice(0, -1)],
    ['longer by a suffix', `${value}x`],
    ['longer by a prefix', `x${value}`],
    ['with a letter escaped', value.replace(/[a-z](?=[^a-z]*$)/i, percentEscape)],
    ['with a no-break space behind it', `${value}\u00A0`],
    ['with a zero-width space before it', `\u200B${value}`],
    ['with a letter that only looks the same', value.replace(/[eos](?=[^eos]*$)/, (letter) => lookalike[letter] ?? '')],
  ]
}

/** Of the near misses of an address those that are addresses; the schema lets no other through to be compared. */
export const isAddress = ([, value]: NearMiss): boolean => isOfType(value, 'anyURI')
export const isNoAddress = (miss: NearMiss): boolean => !isAddress(miss)

/** Another value too, except where what is read is trimmed first: texts of elements are, values of attributes are not (OpenSAML; a node's spec §3.6). */
export function withBlanks(value: string): readonly NearMiss[] {
  return [
    ['with a blank before it', ` ${value}`],
    ['with a blank behind it', `${value} `],
    ['with a line break around it', `\n${value}\n`],
  ]
}

const lookalike: Readonly<Record<string, string>> = { e: '\u0435', o: '\u043E', s: '\u0455' }

const swapCase = (text: string): string =>
  text.replace(/[a-z]/gi, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()))

const percentEscape = (letter: string): string => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`
