import { verify } from 'node:crypto'
import { inflateRawSync } from 'node:zlib'
import { SAML } from '@node-saml/node-saml'
import { signXml } from '@node-saml/node-saml/lib/xml.js'
import { type Credential, generateCredential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import { newId, newSecret } from '#server/ids'
import { makeLasting } from '../core/saml/lent-keys.test-support.ts'
import { createPartner } from './partner/partner.ts'
import type { PartnerOptions } from './partner/partner-options.ts'

export const partnerUrl = 'https://wiki.test'
export const idpEntityId = 'urn:test-idp'
const idpUrl = 'https://idp.test'
const names = ['idp', 'wiki', 'stranger'] as const

async function makeKeys() {
  const made = await Promise.all(names.map((name) => generateCredential(name, systemClock.now())))
  return Object.fromEntries(names.map((name, index) => [name, made[index]])) as Readonly<
    Record<(typeof names)[number], Credential>
  >
}

const keys = makeLasting(makeKeys)

export const partnerKeys = () => keys

const contentOf = (pem: string) => pem.replace(/-----[^-]+-----|\s/g, '')

export const idpMetadata = ({ certificatePem }: Credential) => `
<m:EntityDescriptor xmlns:m="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="http://www.w3.org/2000/09/xmldsig#" entityID="${idpEntityId}">
  <m:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <m:KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>
      ${contentOf(certificatePem)}
    </ds:X509Certificate></ds:X509Data></ds:KeyInfo></m:KeyDescriptor>
    <m:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="${idpUrl}/slo/post"/>
    <m:SingleLogoutService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${idpUrl}/slo" ResponseLocation="${idpUrl}/slo/done"/>
    <m:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="${idpUrl}/sso"/>
  </m:IDPSSODescriptor>
</m:EntityDescriptor>`

/** A partner without a socket, and the IdP that it trusts, on node-saml. */
export async function makePartnerWorld(given: Partial<PartnerOptions> = {}, { isIntroduced = true } = {}) {
  const { idp, wiki, stranger } = await partnerKeys()
  const waited: number[] = []
  const got: string[] = []
  const log: { facts: object; message: string }[] = []
  const write = (facts: object, message: string) => void log.push({ facts, message })
  const partner = createPartner({
    name: 'wiki',
    baseUrl: partnerUrl,
    key: wiki,
    foreignKey: async () => stranger,
    clock: systemClock,
    newId,
    newSecret,
    wait: async (ms) => waited.push(ms) > 0,
    get: async (url) => got.push(url),
    log: { info: write, warn: write, error: write },
    ...given,
  })
  if (isIntroduced) await partner.introduce(idpMetadata(idp))
  return { partner, waited, got, log, ...talkTo(partner.fetch) }
}

type Fetch = Awaited<ReturnType<typeof createPartner>>['fetch']

function talkTo(fetch: Fetch) {
  const open = async (path: string, headers: Record<string, string> = {}) =>
    see(await fetch(new Request(new URL(path, partnerUrl), { headers })))
  const post = async (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const body = new URLSearchParams(fields).toString()
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    return see(
      await fetch(new Request(new URL(path, partnerUrl), { method: 'POST', body, headers: { ...type, ...headers } })),
    )
  }
  const signIn = async (login: Partial<Login> = {}) => {
    const { cookie } = await post('/saml/acs', { SAMLResponse: await response(login) })
    return { cookie: cookie.split(';')[0] ?? '' }
  }
  return {
    open,
    post,
    /** The headers of a browser that is signed in. */
    signIn,
    isSignedIn: async (browser: Record<string, string>) =>
      (await open('/', browser)).text.includes('You are signed in as'),
  }
}

async function see(answer: Response) {
  const html = await answer.text()
  const text = html
    .replace(/<style>[\s\S]*<\/style>/, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
  return {
    status: answer.status,
    location: answer.headers.get('location') ?? '',
    cookie: answer.headers.get('set-cookie') ?? '',
    headers: answer.headers,
    text,
  }
}

export interface Login {
  readonly nameId: string
  readonly sessionIndex: string
  readonly user: string
  readonly issuer: string
  readonly audience: string
  readonly inResponseTo: string
  readonly signedBy: 'idp' | 'stranger' | 'nobody'
}

/** A Response whose assertion is signed, in base64. */
export async function response(login: Partial<Login> = {}): Promise<string> {
  const { nameId = 'alice', sessionIndex = '_s1', user = 'alice', issuer = idpEntityId } = login
  const { audience = partnerUrl, inResponseTo, signedBy = 'idp' } = login
  const [now, later] = [0, 60_000].map((ms) => new Date(systemClock.now() + ms).toISOString())
  const answered = inResponseTo === undefined ? '' : ` InResponseTo="${inResponseTo}"`
  const xml = `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${now}"${answered}><a:Issuer>${issuer}</a:Issuer><p:Status><p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></p:Status><a:Assertion ID="${newId()}" Version="2.0" IssueInstant="${now}"><a:Issuer>${issuer}</a:Issuer><a:Subject><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${nameId}</a:NameID><a:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><a:SubjectConfirmationData NotOnOrAfter="${later}"${answered}/></a:SubjectConfirmation></a:Subject><a:Conditions NotOnOrAfter="${later}"><a:AudienceRestriction><a:Audience>${audience}</a:Audience></a:AudienceRestriction></a:Conditions><a:AuthnStatement AuthnInstant="${now}" SessionIndex="${sessionIndex}"/><a:AttributeStatement><a:Attribute Name="uid"><a:AttributeValue>${user}</a:AttributeValue></a:Attribute></a:AttributeStatement></a:Assertion></p:Response>`
  return base64(signedBy === 'nobody' ? xml : await signed(xml, 'Assertion', signedBy))
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

async function signed(xml: string, element: string, by: 'idp' | 'stranger'): Promise<string> {
  const { privateKeyPem: privateKey, certificatePem: publicCert } = (await partnerKeys())[by]
  const xpath = `//*[local-name(.)='${element}']`
  const reference = `${xpath}/*[local-name(.)='Issuer']`
  const how = { privateKey, publicCert, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' } as const
  return signXml(xml, xpath, { reference, action: 'after' }, how)
}

export interface Message {
  readonly nameId: string
  readonly sessionIndexes: readonly string[]
  readonly relayState: string
  readonly issuer: string
  readonly signedBy: 'idp' | 'stranger' | 'nobody'
}

export const requestXml = ({
  nameId = 'alice',
  sessionIndexes = ['_s1'],
  issuer = idpEntityId,
}: Partial<Message> = {}) =>
  `<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_request" Version="2.0" IssueInstant="${new Date(systemClock.now()).toISOString()}"><a:Issuer>${issuer}</a:Issuer><a:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${nameId}</a:NameID>${sessionIndexes.map((each) => `<p:SessionIndex>${each}</p:SessionIndex>`).join('')}</p:LogoutRequest>`

export const responseXml = ({ inResponseTo = '_request', status = ['Success'], issuer = idpEntityId } = {}) => {
  const [first, second] = status.map((each) => `urn:oasis:names:tc:SAML:2.0:status:${each}`)
  const below = second === undefined ? '' : `<p:StatusCode Value="${second}"/>`
  return `<p:LogoutResponse xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="${newId()}" Version="2.0" IssueInstant="${new Date(systemClock.now()).toISOString()}" InResponseTo="${inResponseTo}"><a:Issuer>${issuer}</a:Issuer><p:Status><p:StatusCode Value="${first}">${below}</p:StatusCode></p:Status></p:LogoutResponse>`
}

/** The path that carries a message to the partner by Redirect. */
export async function byRedirect(xml: string, { relayState = '', signedBy = 'idp' }: Partial<Message> = {}) {
  const { privateKeyPem } = (await partnerKeys())[signedBy === 'nobody' ? 'idp' : signedBy]
  const saml = new SAML({
    ...{ issuer: idpEntityId, callbackUrl: idpUrl, idpCert: 'not used here', entryPoint: `${partnerUrl}/saml/slo` },
    ...(signedBy !== 'nobody' && { privateKey: privateKeyPem }),
    signatureAlgorithm: 'sha256',
  })
  const relay = relayState === '' ? {} : { RelayState: relayState }
  const isRequest = xml.startsWith('<p:LogoutRequest')
  const url = await saml._requestToUrlAsync(isRequest ? xml : null, isRequest ? null : xml, 'logout', relay)
  return url.slice(partnerUrl.length)
}

/** The fields that carry it by POST. */
export async function byPost(xml: string, { relayState, signedBy = 'idp' }: Partial<Message> = {}) {
  const isRequest = xml.startsWith('<p:LogoutRequest')
  const element = isRequest ? 'LogoutRequest' : 'LogoutResponse'
  const document = signedBy === 'nobody' ? xml : await signed(xml, element, signedBy)
  const relay: Record<string, string> = relayState === undefined ? {} : { RelayState: relayState }
  return { [isRequest ? 'SAMLRequest' : 'SAMLResponse']: base64(document), ...relay }
}

/** What the partner sent by Redirect. */
export async function readSent(location: string) {
  const { origin, pathname, searchParams } = new URL(location)
  const message = searchParams.get('SAMLResponse') ?? searchParams.get('SAMLRequest') ?? ''
  const document = inflateRawSync(Buffer.from(message, 'base64')).toString()
  const attribute = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(document)?.[1]
  const values = [...document.matchAll(/StatusCode Value="[^"]*:(\w+)"/g)].map(([, name]) => name)
  return {
    to: origin + pathname,
    id: attribute('ID') ?? '',
    inResponseTo: attribute('InResponseTo'),
    status: values,
    relayState: searchParams.get('RelayState'),
    signedBy: await signerOf(location),
    document,
  }
}

async function signerOf(location: string): Promise<string> {
  const query = location.slice(location.indexOf('?') + 1)
  const [octets = '', signature] = query.split('&Signature=')
  if (signature === undefined) return 'nobody'
  const value = Buffer.from(decodeURIComponent(signature), 'base64')
  const found = Object.entries(await partnerKeys()).find(([, { certificatePem }]) =>
    verify('RSA-SHA256', Buffer.from(octets), certificatePem, value),
  )
  return found?.[0] ?? 'somebody else'
}
