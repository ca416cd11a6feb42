import { buildRedirectUrl } from '#saml/bindings/redirect'
import { writeAuthnRequest } from '#saml/messages/authn-request'
import { BINDING } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { systemClock } from '#server/clock'
import { newId } from '#server/ids'
import { createIdp, type TrustedSp } from '../idp/index.ts'
import type { Contender } from './measure.ts'
import { acsUrl, idpUrl, type Parties, spUrl } from './parties.ts'

/** A login at the IdP, from the AuthnRequest by redirect to the form with the Response: each by somebody who signs in anew. */
export async function logIn(
  name: string,
  { idp: credential, sp }: Parties,
  given: Pick<TrustedSp, 'encrypt'>,
): Promise<Contender> {
  const metadata = {
    entityId: spUrl,
    keyDescriptors: [{ key: trustCertificate(sp.certificate) }],
    singleLogoutServices: [],
    nameIdFormats: [],
    assertionConsumerServices: [{ binding: BINDING.post, location: acsUrl, index: 0 }],
    authnRequestsSigned: false,
    wantAssertionsSigned: false,
  }
  const idp = createIdp({ baseUrl: idpUrl, credential, serviceProviders: [{ metadata, ...given }] })
  const header = { id: newId(), issueInstant: systemClock.now(), issuer: spUrl, destination: `${idpUrl}/sso` }
  const url = await buildRedirectUrl({
    destination: `${idpUrl}/sso`,
    kind: 'SAMLRequest',
    document: writeAuthnRequest(header),
  })
  const run = async () => {
    const asked = await idp.fetch(new Request(url), {})
    const pending = new URL(asked.headers.get('location') ?? '', idpUrl).searchParams.get('pending') ?? ''
    const form = { method: 'POST', headers: { origin: idpUrl }, body: new URLSearchParams({ user: 'alice', pending }) }
    const page = await (await idp.fetch(new Request(`${idpUrl}/sign-in`, form), {})).text()
    if (!page.includes('name="SAMLResponse"')) throw new Error(`nobody was logged in: ${page}`)
  }
  return { name, run }
}
