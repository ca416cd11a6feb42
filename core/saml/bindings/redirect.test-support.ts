import { idp, idpKeys } from '../credentials.test-support.ts'
import { strictPolicy } from '../signature/policy.ts'
import { verifyQuerySignature } from '../signature/query-signature.ts'
import { buildRedirectUrl, type RedirectDraft, readRedirect } from './redirect.ts'

export const document =
  '<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z"><saml:NameID>alice</saml:NameID></samlp:LogoutRequest>'

/** The query string of a LogoutRequest signed by the IdP, with whatever differs. */
export async function signedQuery(differs: Partial<RedirectDraft> = {}): Promise<string> {
  const draft = {
    destination: 'https://sp.test/slo',
    kind: 'SAMLRequest',
    document,
    signWith: idp,
    ...differs,
  } as const
  const url = await buildRedirectUrl(draft)
  return url.slice(url.indexOf('?') + 1)
}

export const lowerCaseEscapes = (value: string) =>
  encodeURIComponent(value).replace(/%../g, (written) => written.toLowerCase())

/** What a careful recipient does with a query string. */
export function receive(query: string) {
  const { kind, document: octets, relayState, signature } = readRedirect(query)
  if (signature.kind === 'signed') verifyQuerySignature(signature, idpKeys, strictPolicy)
  return { kind, document: octets.toString(), relayState, signed: signature.kind === 'signed' }
}
