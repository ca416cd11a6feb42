import { verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { BINDING, NAME_ID_FORMAT } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { newId } from '#server/ids'
import { idpKey, sloUrl, spKey, testRealm } from '../test-realm.test-support.ts'
import { requestLogout } from './logout-redirects.ts'
import { readRedirect } from './redirect.test-support.ts'

const metadata = {
  saml_nameid_val: 'alice',
  saml_nameid_fmt: NAME_ID_FORMAT.persistent,
  saml_nameid_qual: 'nq',
  saml_nameid_sp_qual: 'spnq',
  saml_nameid_sp_id: null,
  saml_session: '_session1',
  saml_realm: 'saml1',
}
const accepted = { id: '_request1', relayState: undefined, tokenMetadata: undefined }
const unsigned = { signing: undefined }
const sloAt = (...locations: readonly string[]) => ({
  singleLogoutServices: locations.map((location) => ({ binding: BINDING.redirect, location })),
})
const answer = (given = {}, config = {}, idp = {}) =>
  testRealm(config, idp).realm.answerLogoutRequest({ ...accepted, ...given })
const request = (given = {}, config = {}, idp = {}) =>
  testRealm(config, idp).realm.requestLogout({ ...metadata, ...given })

test('case 11: a LogoutRequest is answered at the logout address of the IdP, with success', async () => {
  const { address, xml } = readRedirect(await answer())
  expect(address).toBe('https://idp.test/slo?')
  expect(xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<saml2p:LogoutResponse xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://idp.test/slo" ID="_id1" ' +
      'InResponseTo="_request1" IssueInstant="2031-05-04T12:00:00.000Z" Version="2.0">' +
      '<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.test/</saml2:Issuer>' +
      '<saml2p:Status><saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></saml2p:Status>' +
      '</saml2p:LogoutResponse>',
  )
})

test('case 15: without a key and a RelayState there is only the message', async () => {
  expect(readRedirect(await answer({}, unsigned)).names).toEqual(['SAMLResponse'])
})

test('case 16: signature and RelayState come in the order of the binding', async () => {
  const redirect = await answer({ relayState: 'hello' })
  expect(readRedirect(redirect).names).toEqual(['SAMLResponse', 'RelayState', 'SigAlg', 'Signature'])
  expect(redirect).toContain(
    '&RelayState=hello&SigAlg=http%3A%2F%2Fwww.w3.org%2F2001%2F04%2Fxmldsig-more%23rsa-sha256&',
  )
})

test('case 17: a query that the address already has is kept', async () => {
  const redirect = await answer({ relayState: 'foo' }, unsigned, sloAt('https://idp.test/slo?a=xyz'))
  expect(redirect).toMatch(/^https:\/\/idp\.test\/slo\?a=xyz&SAMLResponse=[^&]*&RelayState=foo$/)
})

test('case 18: an address that ends in a question mark gets no other separator', async () => {
  expect(await answer({}, unsigned, sloAt('https://idp.test/slo?'))).toMatch(/^https:\/\/idp\.test\/slo\?SAMLResponse=/)
})

test('an empty RelayState is echoed', async () => {
  expect(await answer({ relayState: '' }, unsigned)).toMatch(/&RelayState=$/)
})

test('a RelayState loses what is not ASCII, as at a node', async () => {
  expect(await answer({ relayState: 'é ~' }, unsigned)).toMatch(/&RelayState=%3F\+%7E$/)
})

const verifies = (redirect: string, octets: (signed: string) => string, key = spKey) => {
  const { values } = readRedirect(redirect)
  const query = redirect.slice(redirect.indexOf('?') + 1)
  const signed = octets(query.slice(0, query.indexOf('&Signature=')))
  return verify(
    'sha256',
    Buffer.from(signed),
    key.certificate.publicKey,
    Buffer.from(values['Signature'] ?? '', 'base64'),
  )
}

test('case 19: the signature of a LogoutRequest is over everything before it, and nothing else', async () => {
  const { redirect = '' } = (await request()) ?? {}
  expect(verifies(redirect, (signed) => signed)).toBe(true)
  expect(verifies(redirect, (signed) => signed, idpKey)).toBe(false)
  expect(verifies(redirect, (signed) => signed.slice(0, -1))).toBe(false)
})

test('case 21: an instant is written in UTC with milliseconds', async () => {
  const { context, clock } = testRealm()
  clock.set(Date.parse('2018-01-14T22:47:00Z'))
  const { redirect = '' } = (await requestLogout(metadata, context)) ?? {}
  expect(readRedirect(redirect).xml).toContain(' IssueInstant="2018-01-14T22:47:00.000Z"')
})

test('case 22: an IdP without a logout address is not asked', async () => {
  expect(await request({}, {}, sloAt())).toBeUndefined()
})

test('case 23: of several bindings the redirect is chosen, and its ResponseLocation ignored', async () => {
  const singleLogoutServices = [
    { binding: BINDING.post, location: 'https://idp.test/post' },
    { binding: BINDING.redirect, location: sloUrl, responseLocation: 'https://idp.test/other' },
    { binding: BINDING.artifact, location: 'https://idp.test/artifact' },
  ]
  expect(await answer({}, {}, { singleLogoutServices })).toMatch(/^https:\/\/idp\.test\/slo\?/)
})

test('case 24, C006, C105, C109: a LogoutRequest names the login exactly, with one SessionIndex and nothing more', async () => {
  const { id, redirect } = (await request()) ?? { id: '', redirect: '' }
  expect(id).toBe('_id1')
  expect(readRedirect(redirect).xml).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<saml2p:LogoutRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" Destination="https://idp.test/slo" ID="_id1" ' +
      'IssueInstant="2031-05-04T12:00:00.000Z" Version="2.0">' +
      '<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.test/</saml2:Issuer>' +
      '<saml2:NameID xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" ' +
      'NameQualifier="nq" SPNameQualifier="spnq">alice</saml2:NameID>' +
      '<saml2p:SessionIndex>_session1</saml2p:SessionIndex></saml2p:LogoutRequest>',
  )
})

test('case 24: an id is longer than twenty characters', async () => {
  const { context } = testRealm()
  expect(await requestLogout(metadata, { ...context, newId })).toMatchObject({
    id: expect.stringMatching(/^_[0-9a-f]{40}$/),
  })
})

test('a login without a session is asked for with an empty SessionIndex', async () => {
  const { redirect = '' } = (await request({ saml_session: null })) ?? {}
  expect(readRedirect(redirect).xml).toContain('<saml2p:SessionIndex/>')
})

test('a LogoutRequest has no RelayState', async () => {
  const { redirect = '' } = (await request()) ?? {}
  expect(readRedirect(redirect).names).toEqual(['SAMLRequest', 'SigAlg', 'Signature'])
})

test.each([
  ['LogoutRequest', ['SAMLRequest', 'SigAlg', 'Signature'], ['SAMLResponse']],
  ['LogoutResponse', ['SAMLRequest'], ['SAMLResponse', 'SigAlg', 'Signature']],
  ['AuthnRequest', ['SAMLRequest'], ['SAMLResponse']],
])('with only %s in signing.saml_messages the others go out unsigned', async (message, ofRequest, ofResponse) => {
  const config = { signedMessages: new Set([message]) }
  const { redirect = '' } = (await request({}, config)) ?? {}
  expect(readRedirect(redirect).names).toEqual(ofRequest)
  expect(readRedirect(await answer({}, config)).names).toEqual(ofResponse)
})

test('case 123: without a logout address a LogoutRequest cannot be answered', async () => {
  await expect(answer({}, {}, sloAt())).rejects.toThrow(
    refusal(
      'SAML_ENDPOINT_MISSING',
      'Cannot send LogoutResponse because the IDP https://idp.test/ does not provide a logout service',
    ),
  )
})

test('two logout addresses are one too many, also for asking', async () => {
  const reason =
    'Found multiple locations for binding [urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect] in descriptor [https://idp.test/] - [[https://a.test/, https://b.test/]]'
  const two = sloAt('https://a.test/', 'https://b.test/')
  await expect(answer({}, {}, two)).rejects.toThrow(refusal('SAML_ENDPOINT_AMBIGUOUS', reason))
  await expect(request({}, {}, two)).rejects.toThrow(refusal('SAML_ENDPOINT_AMBIGUOUS', reason))
})

test('case 124: without single logout the IdP is not asked, but answered', async () => {
  const config = { useSingleLogout: false }
  expect(await request({}, config)).toBeUndefined()
  expect(await answer({}, config)).toMatch(/^https:\/\/idp\.test\/slo\?SAMLResponse=/)
})
