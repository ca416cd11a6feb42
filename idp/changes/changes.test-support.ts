import { generateCredential } from '#saml/credentials'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import { makeLasting } from '../../core/saml/lent-keys.test-support.ts'
import type { IdpOptions } from '../config.ts'
import { createIdp, type Idp } from '../create-idp.ts'
import type { MintedMessage, WantedMessage } from '../mint/wanted-message.ts'
import { idpOrigin, makeSp, noon } from '../sp.test-support.ts'

const [sp, other, made] = await makeLasting(() =>
  Promise.all([makeSp('orders'), makeSp('reports'), generateCredential('idp', noon)]),
)

export const credential = made
export const orders = sp
export const reports = other
export const publicKeyPem = made.certificate.publicKey.export({ type: 'spki', format: 'pem' }).toString()
export const sloUrl = (way: string) => `https://orders.test:8443/slo/${way}`

const ways = ['redirect', 'post', 'soap'] as const
const metadata = {
  ...sp.metadata,
  keyDescriptors: [{ key: trustCertificate(sp.credential.certificate) }],
  singleLogoutServices: ways.map((way) => ({
    binding: BINDING[way],
    location: sloUrl(way),
    responseLocation: `${sloUrl(way)}/done`,
  })),
}

/** The names that every message of these tests is about. */
export const login = {
  nameId: { value: 'alice', format: 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient', nameQualifier: 'urn:idp' },
  sessionIndex: '_s1',
}

const said = {
  LogoutRequest: login,
  LogoutResponse: { inResponseTo: '_r1' },
  Response: { ...login, inResponseTo: '_r1' },
} as const

/** An IdP at noon whose service provider takes everything. The same for every test: minting changes nothing. */
export const makeIdp = (given: Partial<IdpOptions> = {}): Idp =>
  createIdp({
    baseUrl: idpOrigin,
    credential,
    clock: settableClock(noon),
    serviceProviders: [{ metadata }, { metadata: other.metadata }],
    ...given,
  })

const idp = makeIdp()

export type Kind = WantedMessage['kind']

/** Mints a message about alice that is wrong in this way. */
export const mint = (
  kind: Kind,
  change: Readonly<Record<string, unknown>>,
  more: Partial<WantedMessage> = {},
): Promise<MintedMessage> => idp.mint({ kind, to: orders.entityId, ...said[kind], ...more, change })

/** What a message says by Redirect, split by hand: raw `name=value`s in the order in which they are sent. */
export async function mintQuery(
  kind: Kind,
  change: Readonly<Record<string, unknown>>,
  more: Partial<WantedMessage> = {},
): Promise<readonly string[]> {
  const minted = await mint(kind, change, { relayState: "a b/c:d&e'~(*)", ...more })
  if (minted.binding !== 'redirect') throw new Error(`it goes by ${minted.binding}`)
  return minted.queryString.split('&')
}

/** The raw value of a parameter. */
export const rawOf = (parameters: readonly string[], name: string): string | undefined =>
  parameters.find((each) => each.startsWith(`${name}=`))?.slice(name.length + 1)
