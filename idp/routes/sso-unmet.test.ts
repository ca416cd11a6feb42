import { expect, test } from 'vitest'
import { type AuthnRequest, writeAuthnRequest } from '#saml/messages/authn-request'
import { parseResponse } from '#saml/messages/response'
import { BINDING, NAME_ID_FORMAT, STATUS } from '#saml/names'
import { findButton } from '../browser.test-support.ts'
import { makeSp, readSentForm, type TestSp } from '../sp.test-support.ts'
import { makeWorld, readLogin } from '../world.test-support.ts'

const byPost = (name: string, index: number) => ({
  binding: BINDING.post,
  location: `https://shop.test/${name}`,
  index,
})
const shop = await makeSp('shop', {
  assertionConsumerServices: [
    byPost('first', 1),
    { ...byPost('usual', 2), isDefault: true },
    { binding: BINDING.artifact, location: 'https://shop.test/artifact', index: 3 },
  ],
})
const excludes = 'an AssertionConsumerServiceIndex excludes an AssertionConsumerServiceURL and a ProtocolBinding'
const byArtifact = `the answer is wanted by ${BINDING.artifact}, which is not offered`
const { requester, responder, unsupportedBinding } = STATUS

/** The signed refusal that goes to the service provider. */
async function answerTo(given: Partial<AuthnRequest>) {
  const { browser, idp, key } = await makeWorld()
  idp.trust(shop.metadata)
  const request = shop.authnRequest(given)
  const page = await browser.open(await shop.redirect(request))
  const { address, root } = readSentForm(findButton(page, 'Continue').form, key)
  const { status, inResponseTo, ...response } = parseResponse(root)
  expect([inResponseTo, response.assertionElements]).toEqual([request.id, []])
  return { address, status }
}

test.each<[string, Partial<AuthnRequest>, readonly string[], string]>([
  ['an index that nothing has', { acsIndex: 9 }, [requester], 'no AssertionConsumerService has the index 9'],
  ['an index and a URL', { acsIndex: 2, acsUrl: 'https://shop.test/usual' }, [requester], excludes],
  ['an index and a binding', { acsIndex: 2, protocolBinding: BINDING.post }, [requester], excludes],
  ['an answer by artifact', { protocolBinding: BINDING.artifact }, [responder, unsupportedBinding], byArtifact],
  ['the index of an artifact', { acsIndex: 3 }, [responder, unsupportedBinding], byArtifact],
  ['the URL of an artifact', { acsUrl: 'https://shop.test/artifact' }, [responder, unsupportedBinding], byArtifact],
])('who asks for %s is told so at the default AssertionConsumerService', async (_case, given, codes, message) => {
  expect(await answerTo(given)).toEqual({ address: 'https://shop.test/usual', status: { codes, message } })
})

test.each<[string, Partial<AuthnRequest>]>([
  ['answerWhereWanted', { acsIndex: 9 }],
  ['knownContext', { requestedAuthnContext: { comparison: 'better', classRefs: ['urn:test:smartcard'] } }],
  ['possibleNameId', { nameIdPolicy: { format: 'urn:test:unknown' } }],
  ['keyToEncryptFor', { nameIdPolicy: { format: NAME_ID_FORMAT.encrypted } }],
])(
  'what cannot be as it is wished is explained by the rule and with the words that its sender hears: %s',
  async (rule, given) => {
    const { idp } = await makeWorld()
    idp.trust(shop.metadata)
    const [address = '', queryString = ''] = (await shop.redirect(shop.authnRequest(given))).split('?')
    const { checks } = await idp.explain({ carrier: 'query', queryString, address })
    const { message } = (await answerTo(given)).status ?? {}
    const broken = checks.filter(({ holds }) => holds === false)
    expect(broken).toMatchObject([{ rule, code: 'SAML_STATUS', message, expected: expect.any(String) }])
  },
)

const { noAuthnContext, noSupportedIdp } = STATUS
const classRefs = ['urn:test:smartcard', 'urn:test:password']

test('nothing is known to be better than the classes that are asked for', async () => {
  const { status } = await answerTo({ requestedAuthnContext: { comparison: 'better', classRefs } })
  const message = 'no authentication context is known to be better than another'
  expect(status).toEqual({ codes: [responder, noAuthnContext], message })
})

test.each(['exact', 'minimum', 'maximum'])(
  'the class that is asked for is %s what is asked for',
  async (comparison) => {
    const { browser, orders } = await makeWorld()
    const request = orders.authnRequest({ requestedAuthnContext: { comparison, classRefs } })
    const page = await browser.press(await browser.open(await orders.redirect(request)), 'alice')
    expect(readLogin(page).assertion.authnStatements[0]?.classRef).toBe('urn:test:smartcard')
  },
)

/** Written by hand: our writer knows no Scoping, and no service for attributes. */
const withMore = (sp: TestSp, content: string, attributes = '') =>
  Buffer.from(
    writeAuthnRequest(sp.authnRequest())
      .replace('</saml2p:AuthnRequest>', `${content}</saml2p:AuthnRequest>`)
      .replace('<saml2p:AuthnRequest ', `$&${attributes} `),
  ).toString('base64')

const scoping = (...ids: readonly string[]) =>
  `<saml2p:Scoping ProxyCount="0"><saml2p:IDPList>${ids.map((id) => `<saml2p:IDPEntry ProviderID="${id}"/>`).join('')}</saml2p:IDPList><saml2p:RequesterID>urn:x</saml2p:RequesterID></saml2p:Scoping>`

test.each([
  [
    'a Scoping with other identity providers alone',
    scoping('urn:other'),
    [requester, noSupportedIdp],
    'the IDPList of the Scoping has not this identity provider, http://idp.localhost:7070/metadata',
  ],
  [
    'a declaration of an authentication context',
    '<saml2p:RequestedAuthnContext><saml2:AuthnContextDeclRef xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">urn:x</saml2:AuthnContextDeclRef></saml2p:RequestedAuthnContext>',
    [responder, noAuthnContext],
    'no declarations of authentication contexts are known',
  ],
])('%s is answered with a status', async (_case, content, codes, message) => {
  const { browser, orders, key, idp } = await makeWorld()
  const page = await browser.post('/sso', { SAMLRequest: withMore(orders, content) })
  const { status } = parseResponse(readSentForm(findButton(page, 'Continue').form, key).root)
  expect(status).toEqual({ codes, message })
  const fields = { SAMLRequest: withMore(orders, content) }
  const { checks } = await idp.explain({ carrier: 'form', fields })
  expect(checks.filter(({ holds }) => holds === false)).toMatchObject([{ code: 'SAML_STATUS', message }])
})

test.each<[string, (sp: TestSp, idpEntityId: string) => string]>([
  ['a Scoping that has this identity provider', (sp, idp) => withMore(sp, scoping('urn:other', idp))],
  ['an AttributeConsumingServiceIndex', (sp) => withMore(sp, '', 'AttributeConsumingServiceIndex="7"')],
])('%s stands in the way of no login', async (_case, write) => {
  const { browser, orders, idp } = await makeWorld()
  const asked = await browser.post('/sso', { SAMLRequest: write(orders, idp.entityId) })
  expect(readLogin(await browser.press(asked, 'alice')).nameId.value).toMatch(/^_/)
})
