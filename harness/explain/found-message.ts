import type { Presented } from '#saml/rules/presented'

/** A message that was found in what somebody gave, octet for octet as it can be had. */
export interface FoundMessage {
  readonly presented: Presented
  /** Where in a capture it stands; undefined when it was all that was given. */
  readonly where?: string
  /** When it was sent, as a capture writes it. */
  readonly at?: string | undefined
  /** What was undone to read it, each a few words for people: `unescaped HTML`. */
  readonly notes: readonly string[]
}

/** Everything that was found. */
export interface Found {
  /** Whether it holds messages in their order, as a capture of a browser does; else it is one message. */
  readonly isCapture: boolean
  readonly messages: readonly FoundMessage[]
  /** What could not be read, a sentence each. */
  readonly unread: readonly string[]
}
