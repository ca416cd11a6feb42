/** Controls, format characters (those that turn the direction of text among them), line separators, and halves of a character. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/**
 * Text of a peer for people, in a log, on a terminal or on a page: one line, in which every character that would not be seen is an escape (`\u202e`), so
 * that nothing can break a line, drive a terminal, or make a line read otherwise than it is. The escape survives a viewer that decodes JSON.
 */
export function legibleText(text: string): string {
  return text.replace(unseen, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
