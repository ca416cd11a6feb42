import { checkRoot, type MessageHeader } from '#saml/messages/header'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING } from '#saml/names'
import { Part } from '#saml/rules/part'
import { checkMessage } from '#saml/schema/message'
import type { XmlElement } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { singleLogoutServices } from '../behaviour.ts'
import { findIssuer, issuerOf } from '../directory/find-issuer.ts'
import type { IdpParts } from '../parts.ts'
import type { RawMessage } from './raw-message.ts'
import { believedOf, isSigned, type SignedMessage } from './signature-rules.ts'
import type { Tolerance } from './tolerance.ts'

/** A kind of message that an IdP receives, and how it is read. */
export interface MessageKind<Message> {
  readonly name: 'AuthnRequest' | 'LogoutRequest' | 'LogoutResponse'
  /** Of a root that the grammar has accepted. @throws SamlError when it is another kind. */
  readonly parse: (root: XmlElement) => Message
}

/** A message in the parts that rules look at. What an IdP acts upon is what is believed of it. */
export interface Received<Message extends MessageHeader = MessageHeader> {
  readonly kind: MessageKind<Message>['name']
  readonly raw: RawMessage
  /** Epoch milliseconds. */
  readonly now: number
  /** Held to no grammar. */
  readonly xml: Part<XmlElement>
  /** As the schemas have it. */
  readonly valid: Part<XmlElement>
  /** Of this kind of message. */
  readonly root: Part<XmlElement>
  /** What it says. Nobody has vouched for it. */
  readonly claimed: Part<Message>
  readonly issuer: Part<XmlElement>
  /** Whom it names as its Issuer; who signed it, where it is signed. */
  readonly sp: Part<SpMetadata>
  /** What it says: where it is signed in itself, only what the signature covers. */
  readonly believed: Part<Message>
  /** What rules look at: what is believed of it, or, that the rest can be explained, what it claims where nothing is. */
  message(): Message
  signed(): boolean
  /** As far as its signature is concerned. */
  asSigned(): SignedMessage
  /** What the sender may do and still be believed. */
  tolerate(): readonly Tolerance[]
  /** How far the clock of the sender may be apart from ours. */
  skewMs(): number
  /** Whether it names ourselves as its Issuer. */
  isOurOwn(): boolean
  /** Our addresses that our metadata names for messages of this kind, behind which somebody hands them on to the one at which it came. */
  publishedUrls(): readonly string[]
}

type Receiver = Pick<IdpParts, 'config' | 'behaviour' | 'serviceProviders'>

interface Arrival<Message> {
  readonly kind: MessageKind<Message>
  /** Epoch milliseconds; what our clock says unless told otherwise. */
  readonly now?: number | undefined
}

/** A message as this IdP received it. Nothing of it is looked into before a rule asks. */
export function receive<Message extends MessageHeader>(
  parts: Receiver,
  raw: RawMessage,
  { kind: { name: kind, parse }, now = parts.config.clock.now() }: Arrival<Message>,
): Received<Message> {
  const { serviceProviders } = parts
  const xml = new Part('no document could be read', () => readXml(raw.document))
  const valid = new Part('the schemas do not allow the document', () => checked(xml.get(), checkMessage))
  const root = new Part(`there is no ${kind}`, () => checked(xml.get(), (read) => checkRoot(read, kind)))
  const claimed = new Part(`the ${kind} cannot be read`, () => parse(root.get()))
  const issuer = new Part(`the ${kind} names no Issuer`, () => issuerOf(root.get()))
  const sp = new Part('the Issuer is nobody we know', () => findIssuer(issuer.get(), { of: kind, serviceProviders }))
  const asSigned = () => ({ root: root.get(), document: raw.document, signature: raw.signature })
  const believed = new Part(`nobody vouches for the ${kind}`, () => {
    if (raw.signature.kind === 'in-document') valid.get()
    const covered = believedOf(asSigned(), { sp: sp.get() })
    return covered === root.get() ? claimed.get() : parse(covered)
  })
  return {
    ...{ kind, raw, now, xml, valid, root, claimed, issuer, sp, believed, asSigned },
    message: () => believed.or(() => claimed.get()),
    signed: () => isSigned(asSigned()),
    tolerate: () => serviceProviders.tolerancesOf(sp.get().entityId),
    skewMs: () => serviceProviders.settingsOf(sp.get().entityId).skewMs,
    isOurOwn: () => issuer.get().text === parts.config.entityId,
    publishedUrls: () => (kind === 'AuthnRequest' ? [] : sloUrlsFor(raw, parts)),
  }
}

function checked(read: XmlElement, check: (read: XmlElement) => void): XmlElement {
  check(read)
  return read
}

/** Where our metadata says that we take logout messages by this carrier, wherever they arrive. */
function sloUrlsFor({ carrier }: RawMessage, { config, behaviour }: Receiver): readonly string[] {
  return singleLogoutServices(behaviour.now(), config.endpoints)
    .filter(({ binding }) => carrier === 'unknown' || (binding === BINDING.soap) === (carrier === 'call'))
    .flatMap(({ location, responseLocation = location }) => [location, responseLocation])
}
