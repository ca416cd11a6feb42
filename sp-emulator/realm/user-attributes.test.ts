import { expect, test } from 'vitest'
import type { Attribute } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import { signedLogin, withAssertion } from './test-logins.test-support.ts'
import { acsUrl, testRealm } from './test-realm.test-support.ts'

const uid: Attribute = { name: 'urn:oid:1', friendlyName: 'uid', values: ['al', 'second'] }
const confirmations = [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }]

const principalOf = async (attributes: readonly Attribute[], config = {}, format?: string) => {
  const subject = { nameId: { value: 'alice', format }, confirmations }
  const xml = await signedLogin(withAssertion({ attributes, subject }))
  return (await testRealm(config).realm.authenticate(xml, ['_login1'])).principal
}

test.each([
  ['the Name of an attribute', 'urn:oid:1', 'al'],
  ['the FriendlyName of an attribute', 'uid', 'al'],
  ['nameid', 'nameid', 'alice'],
])('the principal can be %s, its first value', async (_case, principal, username) => {
  expect((await principalOf([uid], { attributes: { principal } })).username).toBe(username)
})

test('nameid:persistent is the name when its format is persistent', async () => {
  const config = { attributes: { principal: 'nameid:persistent' } }
  expect((await principalOf([uid], config, NAME_ID_FORMAT.persistent)).username).toBe('alice')
})

test('nameid:persistent is no name when its format is another', async () => {
  const config = { attributes: { principal: 'nameid:persistent' } }
  await expect(principalOf([uid], config, NAME_ID_FORMAT.transient)).rejects.toThrow(
    refusal('SAML_ATTRIBUTES', 'principal attribute [nameid:persistent] not found in Assertion [_assertion1]'),
  )
})

test('a login without its principal attribute is refused', async () => {
  await expect(principalOf([uid], { attributes: { principal: 'mail' } })).rejects.toThrow(
    refusal('SAML_ATTRIBUTES', 'principal attribute [mail] not found in Assertion [_assertion1]'),
  )
})

test('a login without attributes and a name is refused', async () => {
  const xml = await signedLogin(withAssertion({ subject: { confirmations } }))
  await expect(testRealm().realm.authenticate(xml, ['_login1'])).rejects.toThrow(
    refusal('SAML_ATTRIBUTES', 'Could not process any SAML attributes in Assertion [_assertion1]'),
  )
})

test('name and mail come from their attributes, of several values the first', async () => {
  const attributes = [
    { name: 'cn', values: [' Alice ', 'x'] },
    { name: 'mail', values: ['alice@sp.test'] },
  ]
  const config = { attributes: { principal: 'nameid', name: 'cn', mail: 'mail' } }
  expect(await principalOf(attributes, config)).toMatchObject({ fullName: ' Alice ', email: 'alice@sp.test' })
})

test('case 93: without a role mapping a user has no roles, no full name and no mail', async () => {
  expect(await principalOf([])).toMatchObject({ roles: [], fullName: null, email: null })
})

test('user metadata has every attribute under both of its names, and the name', async () => {
  const plain = { name: 'plain', values: [] }
  expect((await principalOf([uid, plain], {}, NAME_ID_FORMAT.transient)).metadata).toEqual({
    'saml(urn:oid:1)': ['al', 'second'],
    saml_uid: ['al', 'second'],
    'saml(plain)': [],
    saml_nameid: 'alice',
    saml_nameid_format: NAME_ID_FORMAT.transient,
  })
})

test('case 95: without populate_user_metadata only the name stays', async () => {
  expect((await principalOf([uid], { populateUserMetadata: false })).metadata).toEqual({ saml_nameid: 'alice' })
})

test.each(['__proto__', 'constructor', 'toString'])(
  'T75: an attribute called %s is data like any other',
  async (name) => {
    const { metadata } = await principalOf([{ name, friendlyName: name, values: ['x'] }])
    expect(Object.entries(metadata)).toContainEqual([`saml(${name})`, ['x']])
    expect(Object.entries(metadata)).toContainEqual([`saml_${name}`, ['x']])
  },
)
