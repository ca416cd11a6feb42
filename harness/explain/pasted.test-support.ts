import { buildRedirectUrl, readRedirect } from '#saml/bindings/redirect'
import { strictPolicy } from '#saml/signature/policy'
import { verifyQuerySignature } from '#saml/signature/query-signature'
import { idp, idpKeys } from '../../core/saml/credentials.test-support.ts'
import type { FoundMessage } from './found-message.ts'

export const logoutRequest =
  '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z"><saml:Issuer>https://idp.test</saml:Issuer><saml:NameID>alice</saml:NameID></samlp:LogoutRequest>'

export const address = 'https://sp.test/slo'

/** The address that carries a message signed by the IdP. */
export const signedUrl = (
  document = logoutRequest,
  relayState: string | undefined = 'where next?',
  signWith = idp,
): Promise<string> => buildRedirectUrl({ destination: address, kind: 'SAMLRequest', document, relayState, signWith })

/** The document of a query whose signature verifies. */
export function verifiedDocument(message: FoundMessage | undefined): string {
  if (message?.presented.carrier !== 'query') throw new TypeError(`no query: ${JSON.stringify(message)}`)
  const { document, signature } = readRedirect(message.presented.queryString)
  if (signature.kind !== 'signed') throw new TypeError('it is not signed')
  verifyQuerySignature(signature, idpKeys, strictPolicy)
  return document.toString()
}
