import { createPublicKey } from 'node:crypto'
import { SAML } from '@node-saml/node-saml'
import { expect, test } from 'vitest'
import { judgeQuerySignature, judgeSchema } from '#saml/oracles.test-support'
import { realNode } from './real-node.test-support.ts'
import {
  acsUrl,
  idpEntityId,
  logoutQuery,
  sloUrl,
  spEntityId,
  spKey,
  strangerKey,
} from './realm/test-realm.test-support.ts'
import { readRedirect } from './realm/write/redirect.test-support.ts'

/** What the emulator emits, before judges that share no code with it: xmllint, openssl, node-saml. */

const accepted = expect.objectContaining({ accepted: true })
const publicKeyPem = createPublicKey(spKey.certificatePem).export({ type: 'spki', format: 'pem' }).toString()

const demanding = {
  forceAuthn: true,
  nameIdAllowCreate: true,
  nameIdFormat: 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent',
  nameIdSpQualifier: 'a "qualifier" & <more>',
  requestedAuthnContext: ['urn:a', 'https://any.test/?a=b&c=d'],
}

/** Every redirect that a realm sends, with all that can be configured about it. */
const emitted: readonly (readonly [name: string, emit: () => Promise<unknown>])[] = [
  ['an AuthnRequest', () => prepare()],
  ['an AuthnRequest that asks for everything', () => prepare(demanding)],
  ['a LogoutRequest', () => logout('_session1')],
  ['a LogoutResponse', async () => (await realNode().invalidate(logoutQuery())).json['redirect']],
  [
    'a LogoutResponse with a RelayState',
    async () => (await realNode().invalidate(`${logoutQuery()}&RelayState=Hail+%C3%A9~%26`)).json['redirect'],
  ],
]

async function prepare(config = {}): Promise<unknown> {
  return (await realNode(config).call('POST /_security/saml/prepare', { relay_state: '/app?a=b' })).json['redirect']
}

async function logout(session: string): Promise<unknown> {
  const node = realNode()
  const { accessToken } = await node.login('al&ice', session)
  return (await node.call('POST /_security/saml/logout', { token: accessToken })).json['redirect']
}

test.each(emitted)('xmllint finds %s valid under the OASIS schemas', async (_name, emit) => {
  expect(await judgeSchema(readRedirect(String(await emit())).xml, 'protocol')).toEqual(accepted)
})

test.each(emitted)('openssl verifies the signature of %s', async (_name, emit) => {
  const redirect = String(await emit())
  expect(await judgeQuerySignature(redirect.slice(redirect.indexOf('?') + 1), publicKeyPem)).toEqual(accepted)
})

test.each([
  ['with a key and a logout address', {}],
  ['with neither', { signing: undefined, logoutUrl: '' }],
  ['with one key for both uses', { encryption: [spKey] }],
  ['with several keys for encryption', { encryption: [spKey, strangerKey] }],
])('xmllint finds service provider metadata %s valid', async (_case, config) => {
  const { json } = await realNode(config).call('GET /_security/saml/metadata/saml1')
  expect(await judgeSchema(String(json['metadata']), 'metadata')).toEqual(accepted)
})

/** node-saml in the place of the IdP: it knows the realm by its certificate and its entity id. */
const nodeSaml = new SAML({
  callbackUrl: acsUrl,
  issuer: idpEntityId,
  idpCert: spKey.certificatePem,
  idpIssuer: spEntityId,
  entryPoint: sloUrl,
})

const validate = (redirect: string) => {
  const query = redirect.slice(redirect.indexOf('?') + 1)
  return nodeSaml.validateRedirectAsync(Object.fromEntries(new URLSearchParams(query)), query)
}

test('node-saml accepts a LogoutRequest and reads who is meant', async () => {
  const { profile, loggedOut } = await validate(String(await logout('_session1')))
  expect(loggedOut).toBe(true)
  expect(profile).toMatchObject({ nameID: 'al&ice', sessionIndex: '_session1', issuer: spEntityId })
})

test('node-saml accepts a LogoutResponse', async () => {
  const { json } = await realNode().invalidate(logoutQuery())
  expect(await validate(String(json['redirect']))).toEqual({ profile: null, loggedOut: true })
})

test('node-saml refuses a LogoutRequest that was changed on the way', async () => {
  const [good, other] = [String(await logout('_session1')), String(await logout('_session2'))]
  const forged = good.replace(/SAMLRequest=[^&]*/, /SAMLRequest=[^&]*/.exec(other)?.[0] ?? '')
  await expect(validate(forged)).rejects.toThrow('Invalid query signature')
})
