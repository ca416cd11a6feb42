import { attributeOf, childrenOf, readXml, textOf, type XmlElement } from './xml-element.ts'

/** What a partner must know of its IdP. */
export interface IdpMetadata {
  readonly entityId: string
  /** In PEM, those that may sign, in the order of the document. */
  readonly certificates: readonly string[]
  /** Takes AuthnRequests by Redirect. */
  readonly ssoUrl: string
  /** Takes LogoutRequests by Redirect; undefined where the IdP takes none. */
  readonly sloUrl: string | undefined
  /** Takes LogoutResponses by Redirect. */
  readonly sloResponseUrl: string | undefined
}

const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'

/**
 * Reads the metadata of an IdP: of the first one where the document describes several.
 * @throws Error with one sentence that names what is missing
 */
export async function readIdpMetadata(document: string): Promise<IdpMetadata> {
  const root = await readXml(document).catch((cause: unknown) => {
    throw new Error('the metadata of the IdP is no XML', { cause })
  })
  const entities = [
    ...childrenOf(root, 'EntityDescriptor'),
    ...childrenOf(childrenOf(root, 'EntitiesDescriptor')[0], 'EntityDescriptor'),
  ]
  const entity = entities.find((each) => childrenOf(each, 'IDPSSODescriptor').length > 0)
  if (entity === undefined) throw new Error('the metadata describes no IdP: it has no IDPSSODescriptor')
  const [descriptor] = childrenOf(entity, 'IDPSSODescriptor')
  const entityId = attributeOf(entity, 'entityID')
  if (entityId === undefined) throw new Error('the metadata of the IdP has no entityID')
  const ssoUrl = webAddress(attributeOf(byRedirect(descriptor, 'SingleSignOnService'), 'Location'))
  if (ssoUrl === undefined) throw new Error(`[${entityId}] has no SingleSignOnService by Redirect in its metadata`)
  const certificates = signingCertificates(descriptor)
  if (certificates.length === 0) throw new Error(`[${entityId}] has no certificate for signatures in its metadata`)
  const logout = byRedirect(descriptor, 'SingleLogoutService')
  const sloUrl = webAddress(attributeOf(logout, 'Location'))
  const sloResponseUrl = webAddress(attributeOf(logout, 'ResponseLocation')) ?? sloUrl
  return { entityId, certificates, ssoUrl, sloUrl, sloResponseUrl }
}

function byRedirect(descriptor: XmlElement | undefined, service: string): XmlElement | undefined {
  return childrenOf(descriptor, service).find((each) => attributeOf(each, 'Binding') === redirect)
}

/** Browsers are sent there. */
function webAddress(location: string | undefined): string | undefined {
  if (location === undefined || !URL.canParse(location)) return undefined
  return ['http:', 'https:'].includes(new URL(location).protocol) ? location : undefined
}

function signingCertificates(descriptor: XmlElement | undefined): readonly string[] {
  return childrenOf(descriptor, 'KeyDescriptor')
    .filter((each) => attributeOf(each, 'use') !== 'encryption')
    .flatMap((each) => childrenOf(each, 'KeyInfo'))
    .flatMap((each) => childrenOf(each, 'X509Data'))
    .flatMap((each) => childrenOf(each, 'X509Certificate'))
    .map((each) => pemOf(textOf(each)))
}

const lineLength = 64

function pemOf(base64: string): string {
  const content = Buffer.from(base64, 'base64').toString('base64')
  const lines = Array.from({ length: Math.ceil(content.length / lineLength) }, (_, index) =>
    content.slice(index * lineLength, (index + 1) * lineLength),
  )
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
