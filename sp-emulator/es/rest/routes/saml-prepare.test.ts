import { expect, test } from 'vitest'
import { SamlError } from '#saml/errors'
import { fakeRealm } from '../../fake-realm.test-support.ts'
import { errorOf, testNode } from '../../test-node.test-support.ts'

const path = 'POST /_security/saml/prepare'
const twoRealms = [
  fakeRealm({ name: 'saml2', order: 2, acsUrl: 'https://b.test/acs' }),
  fakeRealm({ name: 'saml1', order: 1, acsUrl: 'https://a.test/acs' }),
]

test('answers realm, id and redirect, in that order', async () => {
  const { status, text } = await testNode().call(path, { realm: 'saml1', relay_state: 'r' })
  expect(status).toBe(200)
  expect(text).toBe('{"realm":"saml1","id":"_1","redirect":"https://idp.test/sso?SAMLRequest=_1&RelayState=r"}')
})

test.each([
  ['nothing, when there is one realm', {}, [fakeRealm()], 'saml1'],
  ['blanks, when there is one realm', { realm: ' ', acs: '' }, [fakeRealm()], 'saml1'],
  ['its name', { realm: 'saml2' }, twoRealms, 'saml2'],
  ['its ACS', { acs: 'https://b.test/acs' }, twoRealms, 'saml2'],
  ['both', { realm: 'saml1', acs: 'https://a.test/acs' }, twoRealms, 'saml1'],
])('a realm is found by %s', async (_case, body, realms, expected) => {
  expect((await testNode({ realms }).call(path, body)).json['realm']).toBe(expected)
})

test.each([
  ['another name', { realm: 'SAML1' }, 'realmName=SAML1, assertionConsumerServiceURL=null'],
  ['a slash more', { acs: 'https://a.test/acs/' }, 'realmName=null, assertionConsumerServiceURL=https://a.test/acs/'],
  [
    'a right ACS with a wrong name',
    { realm: 'x', acs: 'https://a.test/acs' },
    'realmName=x, assertionConsumerServiceURL=https://a.test/acs',
  ],
])('no realm is found by %s', async (_case, body, shown) => {
  const answer = await testNode({ realms: twoRealms }).call(path, body)
  const reason = `Cannot find any matching realm for [SamlPrepareAuthenticationRequest{${shown}}]`
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'security_exception',
    reason,
  ])
})

test('several realms that fit are one too many', async () => {
  const answer = await testNode({ realms: twoRealms }).call(path, {})
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    500,
    'Found multiple matching realms [[saml/saml1, saml/saml2]] for ' +
      '[SamlPrepareAuthenticationRequest{realmName=null, assertionConsumerServiceURL=null}]',
  ])
})

test('an IdP without a Redirect endpoint is an exception, not one of security', async () => {
  const prepare = async () => {
    throw new SamlError('SAML_ENDPOINT_MISSING', 'Cannot find [x]/[y] in descriptor [z]', { esType: 'exception' })
  }
  const answer = await testNode({ realms: [fakeRealm({ prepare })] }).call(path, {})
  expect([answer.status, errorOf(answer)['type'], errorOf(answer)['reason']]).toEqual([
    500,
    'exception',
    'Cannot find [x]/[y] in descriptor [z]',
  ])
})

test('null is no text here', async () => {
  const answer = await testNode().call(path, { realm: null })
  expect([answer.status, errorOf(answer)['reason']]).toEqual([
    400,
    "[1:10] [saml_prepare_authn] realm doesn't support values of type: VALUE_NULL",
  ])
})
