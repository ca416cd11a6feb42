import { SamlError } from '#saml/errors'
import type { MessageHeader } from '#saml/messages/header'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { RawMessage } from './raw-message.ts'
import { checkRelayState } from './relay-state.ts'
import { Breach, type Tolerance } from './tolerance.ts'
import type { VerifiedMessage } from './verify-message.ts'

/** What the rules that hold for every kind of message look at. */
export interface MessageContext {
  readonly kind: 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse'
  /** Our own address at which it came; undefined for the answer to a call of ours. */
  readonly ownUrl: string | undefined
  /** Other addresses that our metadata names for messages of this kind, behind which somebody hands them on to us. */
  readonly publishedUrls: readonly string[]
  readonly carrier: RawMessage['carrier']
  readonly signed: boolean
  readonly relayState: string | undefined
  readonly sp: SpMetadata
  readonly tolerate: readonly Tolerance[]
  readonly skewMs: number
}

/** What the rules need to know of a message that was verified. */
export function contextOf<Kind extends MessageContext['kind']>(
  kind: Kind,
  { arrivedAt, carrier, relayState }: RawMessage,
  { sp, signed, tolerate, skewMs, sloUrls }: VerifiedMessage<unknown>,
): MessageContext & { readonly kind: Kind } {
  const publishedUrls = kind === 'AuthnRequest' ? [] : sloUrls
  return { kind, ownUrl: arrivedAt, publishedUrls, carrier, signed, relayState, sp, tolerate, skewMs }
}

/** saml-core-2.0 §3.2.1, §3.2.2, §4.1.3.2. */
export function supportedVersion({ id, version }: MessageHeader, { kind }: MessageContext): void {
  if (version === '2.0') return
  throw new SamlError('SAML_VERSION', `${kind} ${id} is not of version 2.0`, { expected: '2.0', actual: version })
}

/** saml-core-2.0 §3.2.1, §3.2.2: a Destination is compared character by character; saml-bindings-2.0 §3.4.5.2, §3.5.5.2: a signed message has one that a browser carries. */
export function ownDestination({ id, destination }: MessageHeader, context: MessageContext): void {
  const { kind, ownUrl, publishedUrls, carrier, signed } = context
  const mayBeAbsent = !signed || carrier === 'call'
  if (ownUrl === undefined || (destination === undefined && mayBeAbsent)) return
  if (destination !== undefined && [ownUrl, ...publishedUrls].includes(destination)) return
  const says = `${kind} ${id} is for ${destination ?? 'nobody'}, this is ${ownUrl}`
  const facts = { expected: ownUrl, actual: destination }
  throw destination === undefined
    ? new Breach('noDestination', says, facts)
    : new SamlError('SAML_DESTINATION', says, facts)
}

export function shortRelayState({ id }: MessageHeader, { kind, relayState }: MessageContext): void {
  checkRelayState(relayState, { owner: `${kind} ${id}` })
}
