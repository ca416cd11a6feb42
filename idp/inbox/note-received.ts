import type { SamlError } from '#saml/errors'
import type { MessageHeader } from '#saml/messages/header'
import type { NameId } from '#saml/messages/name-id'
import { lastPart, type Status } from '#saml/messages/status'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import { copyOut } from '#server/copy-out'
import type { Seen, Wire } from '#server/journal/seen'
import type { IdpParts } from '../parts.ts'
import { expectations } from './expectations.ts'
import type { RawMessage } from './raw-message.ts'
import type { Received } from './received.ts'
import { RefusedMessage } from './refused-message.ts'
import type { Breach } from './tolerance.ts'

/** What arrived where messages of this kind are taken, be there one in it or not. */
export interface Arrival {
  readonly what: Received['kind']
  readonly binding: NonNullable<Seen['binding']>
  readonly wire: Wire
}

/** What came of the rules, as far as the journal tells of it. */
export interface Judged {
  /** Whom it is about, by the name that the user has here. */
  readonly user?: string | undefined
  /** The value of a NameID that could not be read without us. */
  readonly nameId?: string | undefined
  readonly tolerated: readonly Breach[]
  /** Why it is not acted upon, where its sender is told so. */
  readonly refusal?: SamlError | undefined
}

/** Of what is no SAML, too. */
interface Reason extends Pick<SamlError, 'message' | 'facts'> {
  readonly code: string
}

interface Outcome {
  readonly judged?: Judged
  readonly refusal?: Reason
}

/** Writes down what could not even be unpacked, and answers the refusal that knows its place. */
export function refuseArrival(parts: Pick<IdpParts, 'config'>, arrival: Arrival, refusal: SamlError) {
  const seq = noteArrival(parts, arrival, refusal)
  return new RefusedMessage(refusal, { seq: seq || undefined })
}

/** Writes down what could not even be unpacked, and answers the `seq` of that. */
export function noteArrival({ config }: Pick<IdpParts, 'config'>, arrival: Arrival, refusal: Reason): number {
  const { journal, entityId: to } = config
  const signature = { state: 'notChecked' } as const
  return journal.note({ ...arrival, direction: 'received', to, signature, ...outcomeOf({ refusal }) })
}

/** Writes down a message that is refused, and answers the refusal that knows its place. */
export function refuseReceived(
  parts: Pick<IdpParts, 'config'>,
  received: Received,
  outcome: Outcome & { readonly refusal: SamlError },
): RefusedMessage {
  const seq = writeDown(parts, received, outcome)
  const { issuer, destination, inResponseTo } = saidIn(received)
  const about = { from: issuer, to: destination, inResponseTo, seq: seq || undefined }
  return new RefusedMessage(outcome.refusal, about)
}

/** Writes down a message that was judged and answers its `seq`. What is kept of it is copied out of it: the octets of a document may be a view of more. */
export function writeDown({ config }: Pick<IdpParts, 'config'>, received: Received, outcome: Outcome): number {
  const { kind: what, raw } = received
  const { id, inResponseTo, issuer: from, nameId, sessionIndexes, status } = saidIn(received)
  const texts = {
    ...{ id, inResponseTo, from, sessionIndexes },
    nameId: outcome.judged?.nameId ?? nameId?.value,
    status: status?.codes.map(lastPart),
    signature: { state: stateOf(received, outcome.refusal?.code), algorithm: algorithmOf(received) },
  }
  return config.journal.note({
    what,
    direction: 'received',
    to: config.entityId,
    binding: bindingOf(raw),
    wire: raw.wire,
    document: new Uint8Array(raw.document),
    user: outcome.judged?.user,
    ...outcomeOf(outcome),
    ...copyOut(texts),
  })
}

interface Said extends Partial<MessageHeader> {
  readonly inResponseTo?: string | undefined
  readonly nameId?: NameId | undefined
  readonly sessionIndexes?: readonly string[] | undefined
  readonly status?: Status | undefined
}

/** As far as it may be believed, else as it was read. */
const saidIn = ({ believed, claimed }: Received): Said => believed.soFar() ?? claimed.soFar() ?? {}

function outcomeOf({ judged, refusal }: Outcome): Pick<Seen, 'accepted' | 'refusal' | 'tolerated'> {
  const tolerated = judged === undefined || judged.tolerated.length === 0 ? undefined : judged.tolerated
  const words = tolerated?.map(({ word }) => word)
  if (refusal === undefined) return { accepted: true, tolerated: words }
  const { code, message } = refusal
  return { accepted: false, refusal: copyOut({ code, message, ...comparedIn(refusal) }), tolerated: words }
}

/** As the page of the refusal and `explain` tell it. */
const comparedIn = ({ code, facts: { expected = expectations[code], actual } }: Reason) => ({ expected, actual })

function bindingOf({ carrier, signature }: RawMessage): Arrival['binding'] {
  if (carrier === 'call') return 'soap'
  return signature.kind === 'in-document' ? 'post' : 'redirect'
}

const badSignature: readonly string[] = ['SAML_SIGNATURE', 'SAML_SIGNATURE_PROFILE']

function stateOf(received: Received, code: string | undefined): NonNullable<Seen['signature']>['state'] {
  const { raw, claimed, believed } = received
  const isSigned = claimed.soFar() === undefined ? raw.signature.kind !== 'unsigned' : received.signed()
  if (!isSigned) return 'none'
  if (believed.soFar() !== undefined) return 'valid'
  return badSignature.includes(code ?? '') ? 'invalid' : 'notChecked'
}

/** `rsa-sha256`: of its identifier the last part. */
function algorithmOf({ raw: { signature }, root }: Received): string | undefined {
  const uri = signature.kind === 'signed' ? signature.algorithm : methodIn(root.soFar())
  return uri?.slice(uri.indexOf('#') + 1)
}

function methodIn(root: XmlElement | undefined): string | undefined {
  const element = root && childOf(root, 'ds:Signature')
  const info = element && childOf(element, 'ds:SignedInfo')
  const method = info && childOf(info, 'ds:SignatureMethod')
  return method && attributeOf(method, 'Algorithm')
}
