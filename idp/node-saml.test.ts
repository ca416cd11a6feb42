import { type Profile, SAML, type SamlOptions } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { parseSpMetadata } from '#saml/metadata/sp-metadata'
import { BINDING, STATUS } from '#saml/names'
import { systemClock } from '#server/clock'
import { type Browser, findButton } from './browser.test-support.ts'
import type { SignedParts } from './outbox/draft.ts'
import { idpOrigin, readSent, readSentResponse } from './sp.test-support.ts'
import { makeWorld, whoIsSignedIn } from './world.test-support.ts'

const partner = 'https://partner.test'

/** A service provider on node-saml, known to the IdP by the metadata that node-saml writes. */
async function makePartner({
  signedParts = 'both',
  ...given
}: Partial<SamlOptions> & { signedParts?: SignedParts } = {}) {
  // node-saml takes the time from the machine.
  const world = await makeWorld({ clock: systemClock, signedParts })
  const { privateKeyPem, certificatePem } = world.reports.credential
  const saml = new SAML({
    callbackUrl: `${partner}/acs`,
    logoutCallbackUrl: `${partner}/slo`,
    issuer: partner,
    audience: partner,
    idpCert: world.credential.certificatePem,
    idpIssuer: world.idp.entityId,
    entryPoint: `${idpOrigin}/sso`,
    logoutUrl: `${idpOrigin}/slo`,
    privateKey: privateKeyPem,
    publicCert: certificatePem,
    signatureAlgorithm: 'sha256',
    digestAlgorithm: 'sha256',
    wantAssertionsSigned: signedParts !== 'response',
    wantAuthnResponseSigned: signedParts !== 'assertion',
    acceptedClockSkewMs: 0,
    disableRequestedAuthnContext: true,
    ...given,
  })
  const metadata = parseSpMetadata(saml.generateServiceProviderMetadata(null, certificatePem))
  const trustBy = (binding: string) =>
    world.idp.trust(
      { ...metadata, singleLogoutServices: [{ binding, location: `${partner}/slo` }] },
      { name: 'partner' },
    )
  // It writes a POST endpoint; most of the methods used here speak redirect.
  trustBy(BINDING.redirect)
  return { ...world, saml, trustBy }
}

async function logInAt(browser: Browser, saml: SAML): Promise<Profile> {
  const asked = await browser.open(await saml.getAuthorizeUrlAsync('relay', undefined, {}))
  const { fields } = findButton(await browser.press(asked, 'alice'), 'Continue').form
  const { profile } = await saml.validatePostResponseAsync({ ...fields })
  if (profile === null) throw new Error('node-saml found no profile')
  return profile
}

const receive = (saml: SAML, location: string) => {
  const query = location.slice(location.indexOf('?') + 1)
  return saml.validateRedirectAsync(Object.fromEntries(new URLSearchParams(query)), query)
}

test.each<[SignedParts]>([['assertion'], ['response'], ['both']])(
  'node-saml accepts our Response when signed in: %s',
  async (signedParts) => {
    const { browser, saml, idp } = await makePartner({ signedParts })
    expect(await logInAt(browser, saml)).toMatchObject({
      issuer: idp.entityId,
      nameID: 'alice@example.test',
      nameIDFormat: 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress',
      sessionIndex: expect.stringMatching(/^_[0-9a-f]{40}$/),
      'urn:oid:0.9.2342.19200300.100.1.1': 'alice',
      'urn:oid:1.3.6.1.4.1.5923.1.5.1.1': ['admins', 'staff'],
    })
  },
)

test('node-saml accepts our LogoutRequest, and we accept its LogoutResponse', async () => {
  const { browser, saml } = await makePartner()
  const login = await logInAt(browser, saml)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const { profile } = await receive(saml, asked.location)
  expect(profile).toMatchObject({ nameID: login.nameID, sessionIndex: login.sessionIndex })
  if (profile === null) throw new Error('node-saml found no profile')
  const page = await browser.open(await saml.getLogoutResponseUrlAsync(profile, '', {}, true))
  expect([page.title, page.text]).toEqual(['Logged out', expect.stringContaining('partner says Success')])
})

test('we understand that node-saml refuses, and call the logout partial', async () => {
  const { browser, saml } = await makePartner()
  await logInAt(browser, saml)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const { profile } = await receive(saml, asked.location)
  if (profile === null) throw new Error('node-saml found no profile')
  const page = await browser.open(await saml.getLogoutResponseUrlAsync(profile, '', {}, false))
  expect(page.text).toMatch(/Partial logout: .* partner says Requester \/ UnknownPrincipal/)
})

test('we accept the LogoutRequest of node-saml, and node-saml accepts our LogoutResponse', async () => {
  const { browser, saml, key } = await makePartner()
  const login = await logInAt(browser, saml)
  const done = await browser.open(await saml.getLogoutUrlAsync(login, 'relay', {}))
  expect(readSentResponse(done.location, key).status.codes).toEqual([STATUS.success])
  expect(readSent(done.location, key).relayState).toBe('relay')
  expect(await receive(saml, done.location)).toEqual({ profile: null, loggedOut: true })
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

test('node-saml accepts our LogoutRequest in a form', async () => {
  const { browser, saml, trustBy } = await makePartner()
  const login = await logInAt(browser, saml)
  trustBy(BINDING.post)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const { fields } = findButton(asked, 'Continue').form
  const { profile } = await saml.validatePostRequestAsync({ ...fields })
  expect(profile).toMatchObject({ nameID: login.nameID, sessionIndex: login.sessionIndex })
  const changed = Buffer.from(fields['SAMLRequest'] ?? '', 'base64')
    .toString()
    .replace(login.nameID, 'bob@example.test')
  const forged = { SAMLRequest: Buffer.from(changed).toString('base64') }
  await expect(saml.validatePostRequestAsync(forged)).rejects.toThrow('Invalid signature')
})

test('node-saml accepts our LogoutResponse in a form', async () => {
  const { browser, saml, trustBy } = await makePartner()
  const login = await logInAt(browser, saml)
  trustBy(BINDING.post)
  const done = await browser.open(await saml.getLogoutUrlAsync(login, 'relay', {}))
  const { fields } = findButton(done, 'Continue').form
  expect(fields['RelayState']).toBe('relay')
  expect(await saml.validatePostResponseAsync({ ...fields })).toEqual({ profile: null, loggedOut: true })
})

test('an AuthnRequest in a form with digest and signature by SHA-1, as node-saml can write it, is believed with a warning', async () => {
  const { browser, saml, log } = await makePartner({
    authnRequestBinding: 'HTTP-POST',
    skipRequestCompression: true,
    signatureAlgorithm: 'sha1',
    digestAlgorithm: 'sha1',
  })
  const { SAMLRequest = '' } = await saml.getAuthorizeMessageAsync('relay', undefined, {})
  const asked = await browser.post('/sso', { SAMLRequest: String(SAMLRequest) })
  expect(findButton(await browser.press(asked, 'alice'), 'Continue').form.action).toBe(`${partner}/acs`)
  expect(log.map(({ facts, message }) => [facts['tolerated'], message])).toEqual([
    [
      'weakAlgorithms',
      'the signature algorithm [http://www.w3.org/2000/09/xmldsig#rsa-sha1] is too weak to be believed: tolerated',
    ],
  ])
})
