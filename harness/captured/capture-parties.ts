import { readCertificate } from '#saml/credentials'
import { parseIdpMetadata, writeIdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { attributeOf } from '#saml/xml/element'
import { ConfigError } from '#server/config-error'
import type { ReadMessage } from './read-message.ts'

/** Who took part in a capture, by what its messages say and where they were sent. */
export interface CaptureParties {
  readonly idpEntityId: string
  /** Metadata of the IdP with the certificates by which captured messages are verified. */
  readonly idpMetadata: string
  readonly spEntityId: string
  readonly acs: string
  readonly logout: string
}

/**
 * The IdP and the service provider of a capture.
 * @throws ConfigError in one sentence when the sender of a signed message has no certificate in it, and no metadata is given
 */
export function captureParties(messages: readonly ReadMessage[], metadata: string | undefined): CaptureParties {
  const given = metadata === undefined ? undefined : parseIdpMetadata(metadata)
  const asking = messages.filter(({ kind }) => kind === 'AuthnRequest')
  const spIssuers = new Set(asking.map(({ issuer }) => issuer))
  const idpEntityId = given?.entityId ?? firstIssuer(messages, spIssuers)
  const toSp = messages.filter(({ issuer, kind }) => issuer === idpEntityId && kind !== 'AuthnRequest')
  const responses = toSp.filter(({ kind }) => kind === 'Response')
  const acs = placeOf(responses) ?? asking.flatMap((each) => attribute(each, 'AssertionConsumerServiceURL') ?? [])[0]
  // Of several service providers it is the one that logged in first.
  const logouts = ownFirst(
    toSp.filter(({ kind }) => kind !== 'Response'),
    acs,
  )
  const logout = placeOf(logouts) ?? placeOf(messages.filter((each) => isLogoutAt(each, acs)))
  const known = acs ?? logout
  if (known === undefined) throw new ConfigError('nobody knows where its messages were sent: they have no Destination')
  const { origin } = new URL(known)
  const audience = responses.flatMap(({ texts }) => texts.get('saml:Audience') ?? [])[0]
  const others = messages.find(({ issuer }) => issuer !== undefined && issuer !== idpEntityId)
  return {
    idpEntityId,
    idpMetadata: metadata ?? senderMetadata(messages, idpEntityId),
    spEntityId: (spIssuers.has(audience) ? audience : [...spIssuers][0]) ?? audience ?? others?.issuer ?? origin,
    acs: acs ?? `${origin}/saml/acs`,
    logout: logout ?? `${origin}/saml/logout`,
  }
}

function firstIssuer(messages: readonly ReadMessage[], spIssuers: ReadonlySet<string | undefined>): string {
  const login = messages.find(({ kind, issuer }) => kind === 'Response' && issuer !== undefined)
  const other = messages.find(({ issuer }) => issuer !== undefined && !spIssuers.has(issuer))
  const issuer = (login ?? other)?.issuer
  if (issuer !== undefined) return issuer
  throw new ConfigError(
    'no message in it can be read so far that it names its sender: expected --metadata <its metadata>',
  )
}

/** Whoever sent it, it came to the host that takes logins. */
function isLogoutAt({ kind, found: { presented } }: ReadMessage, acs: string | undefined): boolean {
  const { address = '' } = presented
  if (acs === undefined || !URL.canParse(address) || !URL.canParse(acs)) return false
  return /^Logout/.test(kind ?? 'Logout') && new URL(address).origin === new URL(acs).origin
}

/** A message that the identity provider wrote, or that came to the realm as if it had. */
export function isForRealm(message: ReadMessage, { idpEntityId, spEntityId, acs }: CaptureParties): boolean {
  const { kind, issuer } = message
  if (kind === 'AuthnRequest' || issuer === spEntityId) return false
  return issuer === idpEntityId || kind === 'Response' || isLogoutAt(message, acs)
}

const ownFirst = (messages: readonly ReadMessage[], acs: string | undefined): readonly ReadMessage[] => {
  const isOwn = (message: ReadMessage) => originOf(message) === originIn(acs)
  return [...messages.filter(isOwn), ...messages.filter((message) => !isOwn(message))]
}

const originIn = (place = ''): string | undefined => (URL.canParse(place) ? new URL(place).origin : undefined)
/** Where it was sent, which nobody knows who has the message alone. */
const originOf = ({ found }: ReadMessage): string | undefined => originIn(found.presented.address)

/** The host of the other service provider to which a message went; undefined of what is for the one of the capture. */
export function otherReceiver(message: ReadMessage, { spEntityId, acs, logout }: CaptureParties): string | undefined {
  const origin = originOf(message)
  const isOwn = origin === originIn(acs) || origin === originIn(logout)
  return isOwn || message.texts.get('saml:Audience')?.includes(spEntityId) ? undefined : origin
}

/** Where the first of them was sent; else where it says it was to go. */
function placeOf(messages: readonly ReadMessage[]): string | undefined {
  const places = messages.flatMap(({ found, destination }) => found.presented.address ?? destination ?? [])
  return places.find((place) => URL.canParse(place) && /^https?:/.test(place))
}

const attribute = ({ root }: ReadMessage, name: string) => root && attributeOf(root, name)

/** What captured messages say of their sender by themselves. */
function senderMetadata(messages: readonly ReadMessage[], entityId: string): string {
  const own = messages.filter(({ issuer }) => issuer === entityId)
  const certificates = [...new Set(own.flatMap((each) => each.certificates))]
  if (certificates.length === 0)
    throw new ConfigError(`no certificate of [${entityId}] came with its messages: expected --metadata <its metadata>`)
  const keyDescriptors = certificates.map((base64) => {
    return { use: 'signing', key: trustCertificate(readCertificate(base64)) } as const
  })
  const asked = messages.find(({ kind, destination }) => kind === 'AuthnRequest' && destination !== undefined)
  const origin = URL.canParse(entityId) && /^https?:/.test(entityId) ? new URL(entityId).origin : 'https://idp.test'
  const answered = messages.find(({ kind, issuer }) => /^Logout/.test(kind ?? '') && issuer !== entityId)
  return writeIdpMetadata({
    ...{ entityId, keyDescriptors, nameIdFormats: [], wantAuthnRequestsSigned: false, validUntil: undefined },
    singleSignOnServices: [{ binding: BINDING.redirect, location: asked?.destination ?? `${origin}/sso` }],
    singleLogoutServices: [{ binding: BINDING.redirect, location: answered?.destination ?? `${origin}/slo` }],
  })
}
