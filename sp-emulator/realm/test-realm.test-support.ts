import { sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { RSA_SHA256 } from '#saml/algorithms'
import { type Credential, generateCredential } from '#saml/credentials'
import { type LogoutRequest, writeLogoutRequest } from '#saml/messages/logout-request'
import type { IdpMetadata } from '#saml/metadata/idp-metadata'
import { BINDING, NAME_ID_FORMAT } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { type SettableClock, settableClock } from '#server/clock'
import { makeLasting } from '../../core/saml/lent-keys.test-support.ts'
import { createSamlRealm } from './create-saml-realm.ts'
import { type RealmConfig, type RealmContext, signableMessages } from './realm-config.ts'
import type { SamlRealm } from './saml-realm.ts'

/** A realm at a fixed instant, and the IdP that it trusts. The addresses are those of the documented example. */

export const noon = Date.parse('2031-05-04T12:00:00.000Z')
export const idpEntityId = 'https://idp.test/'
export const ssoUrl = 'https://idp.test/sso'
export const sloUrl = 'https://idp.test/slo'
export const spEntityId = 'https://sp.test/'
export const acsUrl = 'https://sp.test/saml/acs'
export const logoutUrl = 'https://sp.test/saml/logout'

const makeKey = (name: string) => generateCredential(name, noon)

export const [idpKey, spKey, strangerKey] = await makeLasting(() =>
  Promise.all([makeKey('idp.test'), makeKey('sp.test'), makeKey('stranger.test')]),
)

export const baseConfig: RealmConfig = {
  name: 'saml1',
  order: 2,
  idpEntityId,
  useSingleLogout: true,
  spEntityId,
  acsUrl,
  logoutUrl,
  nameIdAllowCreate: false,
  populateUserMetadata: true,
  attributes: { principal: 'nameid' },
  requestedAuthnContext: [],
  clockSkewMs: 180_000,
  signing: spKey,
  signedMessages: new Set(signableMessages),
}

export const baseIdpMetadata: IdpMetadata = {
  entityId: idpEntityId,
  keyDescriptors: [{ use: 'signing', key: trustCertificate(idpKey.certificate) }],
  singleSignOnServices: [{ binding: BINDING.redirect, location: ssoUrl }],
  singleLogoutServices: [{ binding: BINDING.redirect, location: sloUrl }],
  nameIdFormats: [],
  wantAuthnRequestsSigned: false,
}

/** Metadata of an IdP that signs with any of these keys. */
export const signedBy = (...keys: readonly Credential[]): Partial<IdpMetadata> => ({
  keyDescriptors: keys.map(({ certificate }) => ({ use: 'signing', key: trustCertificate(certificate) })),
})

export interface TestRealm {
  readonly realm: SamlRealm
  readonly context: RealmContext
  readonly clock: SettableClock
  /** Changes the IdP's metadata from the next message on. */
  changeIdp(changes: Partial<IdpMetadata>): void
}

/** A realm at noon that numbers what it sends: `_id1`, `_id2`, … */
export function testRealm(config: Partial<RealmConfig> = {}, idp: Partial<IdpMetadata> = {}): TestRealm {
  const clock = settableClock(noon)
  let metadata = { ...baseIdpMetadata, ...idp }
  let count = 0
  const newId = () => {
    count += 1
    return `_id${count}`
  }
  const context = { config: { ...baseConfig, ...config }, idpMetadata: () => metadata, clock, newId }
  const changeIdp = (changes: Partial<IdpMetadata>) => {
    metadata = { ...metadata, ...changes }
  }
  return { realm: createSamlRealm(context), context, clock, changeIdp }
}

export const baseLogoutRequest: LogoutRequest = {
  id: '_request1',
  issueInstant: noon,
  issuer: idpEntityId,
  destination: logoutUrl,
  nameId: { value: 'alice', format: NAME_ID_FORMAT.transient },
  sessionIndexes: ['_session1'],
}

/** The base request with these fields changed, as XML. */
export const logoutRequest = (changes: Partial<Omit<LogoutRequest, 'encryptedId'>> = {}): string =>
  writeLogoutRequest({ ...baseLogoutRequest, ...changes })

/** `SAMLRequest=…`: deflated, in base64, escaped. */
export function carry(document: string | Buffer, name = 'SAMLRequest'): string {
  return `${name}=${encodeURIComponent(deflateRawSync(document).toString('base64'))}`
}

interface Signing {
  readonly key?: Credential
  readonly digest?: string
  readonly algorithm?: string
}

/** The query with `SigAlg` and `Signature` behind it, made over the octets as they stand. */
export function signed(
  query: string,
  { key = idpKey, digest = 'sha256', algorithm = RSA_SHA256 }: Signing = {},
): string {
  const octets = `${query}&SigAlg=${encodeURIComponent(algorithm)}`
  return `${octets}&Signature=${encodeURIComponent(sign(digest, Buffer.from(octets), key.privateKey).toString('base64'))}`
}

/** The base request with these fields changed, as the IdP would send it by redirect. */
export const logoutQuery = (changes: Partial<Omit<LogoutRequest, 'encryptedId'>> = {}): string =>
  signed(carry(logoutRequest(changes)))

/** How a node names the key that it tried: the beginning of its certificate. */
export const nameOfKey = ({ certificate }: Credential): string =>
  `${certificate.raw.toString('base64').slice(0, 64)}...`

/** The reason for which a query signature is refused. */
export const notValidated = (query: string, ...keys: readonly Credential[]): string => {
  const signature = new URLSearchParams(query).get('Signature') ?? ''
  return `SAML Signature [${signature.slice(0, 32)}] could not be validated against [${keys.map(nameOfKey).join(',')}]`
}
