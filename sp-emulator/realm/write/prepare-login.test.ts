import { verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { AUTHN_CONTEXT, BINDING, NAME_ID_FORMAT } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { newId } from '#server/ids'
import { spKey, testRealm } from '../test-realm.test-support.ts'
import { prepareLogin } from './prepare-login.ts'
import { readRedirect } from './redirect.test-support.ts'

const prepare = (config = {}, idp = {}, relayState: string | undefined = undefined) =>
  testRealm(config, idp).realm.prepare({ relayState })
const xmlOf = async (config = {}) => readRedirect((await prepare(config)).redirect).xml

test('case 31: an AuthnRequest says where to answer and asks for nothing special', async () => {
  expect(await xmlOf()).toBe(
    '<?xml version="1.0" encoding="UTF-8"?>' +
      '<saml2p:AuthnRequest xmlns:saml2p="urn:oasis:names:tc:SAML:2.0:protocol" AssertionConsumerServiceURL="https://sp.test/saml/acs" ' +
      'Destination="https://idp.test/sso" ID="_id1" IssueInstant="2031-05-04T12:00:00.000Z" ' +
      'ProtocolBinding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Version="2.0">' +
      '<saml2:Issuer xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">https://sp.test/</saml2:Issuer>' +
      '<saml2p:NameIDPolicy AllowCreate="false"/></saml2p:AuthnRequest>',
  )
})

test('case 32: a configured format and qualifier are asked for, and no fresh login', async () => {
  const xml = await xmlOf({ nameIdFormat: NAME_ID_FORMAT.persistent, nameIdSpQualifier: 'spnq' })
  expect(xml).toContain(
    '<saml2p:NameIDPolicy AllowCreate="false" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" SPNameQualifier="spnq"/>',
  )
  expect(xml).not.toMatch(/ForceAuthn|RequestedAuthnContext/)
})

test.each(['', undefined])(
  'case 33: with the qualifier %j there is none, and a fresh login is asked for',
  async (nameIdSpQualifier) => {
    const config = {
      nameIdFormat: NAME_ID_FORMAT.transient,
      nameIdAllowCreate: true,
      forceAuthn: true,
      nameIdSpQualifier,
    }
    const xml = await xmlOf(config)
    expect(xml).toContain(
      '<saml2p:NameIDPolicy AllowCreate="true" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient"/>',
    )
    expect(xml).toContain(' ForceAuthn="true" ')
  },
)

test('force_authn: false is written too', async () => {
  expect(await xmlOf({ forceAuthn: false })).toContain(' ForceAuthn="false" ')
})

test.each([
  ['34: one', [AUTHN_CONTEXT.password]],
  ['35: three, in their order', [AUTHN_CONTEXT.password, 'https://any.test/class', AUTHN_CONTEXT.unspecified]],
])('case %s authentication context is asked for exactly', async (_case, requestedAuthnContext) => {
  const classRefs = requestedAuthnContext.map((classRef) => {
    return `<saml2:AuthnContextClassRef xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion">${classRef}</saml2:AuthnContextClassRef>`
  })
  expect(await xmlOf({ requestedAuthnContext })).toContain(
    `<saml2p:RequestedAuthnContext Comparison="exact">${classRefs.join('')}</saml2p:RequestedAuthnContext>`,
  )
})

test('case 36: an id is longer than twenty characters and the one in the message', async () => {
  const { context } = testRealm()
  const { id, redirect } = await prepareLogin({ relayState: undefined }, { ...context, newId })
  expect(id).toMatch(/^_[0-9a-f]{40}$/)
  expect(readRedirect(redirect).xml).toContain(` ID="${id}" IssueInstant="2031-05-04T12:00:00.000Z" `)
})

test('case 20: a signed AuthnRequest has exactly three parameters, and its signature verifies', async () => {
  const { redirect } = await prepare()
  const { names, values } = readRedirect(redirect)
  expect(names).toEqual(['SAMLRequest', 'SigAlg', 'Signature'])
  const signed = redirect.slice(redirect.indexOf('?') + 1, redirect.indexOf('&Signature='))
  const signature = Buffer.from(values['Signature'] ?? '', 'base64')
  expect(verify('sha256', Buffer.from(signed), spKey.certificate.publicKey, signature)).toBe(true)
})

test('an AuthnRequest that is not to be signed goes out unsigned', async () => {
  const { redirect } = await prepare({ signedMessages: new Set(['LogoutRequest']) })
  expect(readRedirect(redirect).names).toEqual(['SAMLRequest'])
})

test('an empty relay_state is sent', async () => {
  expect((await prepare({ signing: undefined }, {}, '')).redirect).toMatch(/&RelayState=$/)
})

test('an IdP without a sign-on address for redirects cannot be asked', async () => {
  const singleSignOnServices = [{ binding: BINDING.post, location: 'https://idp.test/sso' }]
  await expect(prepare({}, { singleSignOnServices })).rejects.toThrow(
    refusal(
      'SAML_ENDPOINT_MISSING',
      'Cannot find [{urn:oasis:names:tc:SAML:2.0:metadata}IDPSSODescriptor]/[urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect] in descriptor [https://idp.test/]',
    ),
  )
})

test('two sign-on addresses for redirects are one too many', async () => {
  const singleSignOnServices = ['https://a.test/', 'https://b.test/'].map((location) => {
    return { binding: BINDING.redirect, location }
  })
  await expect(prepare({}, { singleSignOnServices })).rejects.toThrow(
    refusal(
      'SAML_ENDPOINT_AMBIGUOUS',
      'Found multiple locations for binding [urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect] in descriptor [https://idp.test/] - [[https://a.test/, https://b.test/]]',
    ),
  )
})
