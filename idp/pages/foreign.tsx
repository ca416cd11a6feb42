// Controls and what changes the direction of the text around it: a name must not be able to pretend to be another one.
const unseen = /[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu

/** A text from elsewhere as people may see it: what cannot be seen and moves other letters becomes an escape. */
export function visible(text: string): string {
  return text.replace(unseen, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** A text from elsewhere in the middle of ours: escaped, and of no direction but its own. */
export function Foreign({ text }: { text: string }) {
  return <bdi>{visible(text)}</bdi>
}
