import { legibleText } from '#server/legible-text'

/** Text of a page, of several lines with cells in them, in which all that would not be seen is an escape. */
export const legibleLines = (text: string): readonly string[] =>
  text.split('\n').map((line) => line.split('\t').map(legibleText).join('  '))
