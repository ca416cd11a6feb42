/** A rule cannot be asked: what it looks at cannot be had, or nobody knows whom the message is for. Its message says what is missing. */
export class Unaskable extends Error {
  override readonly name = 'Unaskable'
}
