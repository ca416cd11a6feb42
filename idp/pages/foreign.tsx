import { legibleText } from '#server/legible-text'

/** A text from elsewhere in the middle of ours: what would not be seen is escaped, and it has no direction but its own. */
export function Foreign({ text }: { text: string }) {
  return <bdi>{legibleText(text)}</bdi>
}
