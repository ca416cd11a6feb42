import { readMessage } from '#saml/schema/message'
import type { XmlElement } from '#saml/xml/element'
import type { RawMessage } from './raw-message.ts'

/** A message that could be read. */
export interface ReadMessage<Message> extends RawMessage {
  readonly root: XmlElement
  readonly parse: (root: XmlElement) => Message
  /** What it says. Nobody has vouched for it yet. */
  readonly claimed: Message
}

/**
 * From raw to read: a message of one kind, by the root that the grammar has accepted.
 * @throws SamlError when it is no message that the schemas allow, or one of another kind.
 */
export function readRaw<Message>(raw: RawMessage, parse: ReadMessage<Message>['parse']): ReadMessage<Message> {
  const root = readMessage(raw.document)
  return { ...raw, root, parse, claimed: parse(root) }
}
