import { expect, test } from 'vitest'
import type { Attribute } from '#saml/messages/assertion'
import { CONFIRMATION_METHOD, NAME_ID_FORMAT } from '#saml/names'
import { refusal } from '#saml/refusals.test-support'
import type { RealmConfig } from '../realm-config.ts'
import { compileJavaPattern } from '../settings/java-pattern.ts'
import { signedLogin, withAssertion } from '../test-logins.test-support.ts'
import { acsUrl, testRealm } from '../test-realm.test-support.ts'

const uid: Attribute = { name: 'urn:oid:1', friendlyName: 'uid', values: ['al', 'second'] }
const confirmations = [{ method: CONFIRMATION_METHOD.bearer, data: { recipient: acsUrl } }]

const principalOf = async (attributes: readonly Attribute[], config: Partial<RealmConfig> = {}, format?: string) => {
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

test('what no attribute is configured for is nothing', async () => {
  expect(await principalOf([uid])).toMatchObject({ dn: null, groups: [], fullName: null, email: null })
})

test('role mappings are asked about all groups and the first dn', async () => {
  const attributes = [
    { name: 'memberOf', values: ['admins', ' staff '] },
    { name: 'entryDN', values: ['cn=alice', 'cn=other'] },
  ]
  const config = { attributes: { principal: 'nameid', groups: 'memberOf', dn: 'entryDN' } }
  expect(await principalOf(attributes, config)).toMatchObject({ groups: ['admins', ' staff '], dn: 'cn=alice' })
})

test('two attributes of one name give their values together', async () => {
  const attributes = [
    { name: 'memberOf', values: ['a'] },
    { name: 'urn:oid:2', friendlyName: 'memberOf', values: ['b'] },
  ]
  const config = { attributes: { principal: 'nameid', groups: 'memberOf' } }
  expect((await principalOf(attributes, config)).groups).toEqual(['a', 'b'])
})

const grouped = (...values: readonly string[]) =>
  principalOf([{ name: 'memberOf', values }], {
    attributes: { principal: 'nameid', groups: 'memberOf' },
    groupsDelimiter: '$',
  })

test.each([
  ['a$b$$c', ['a', 'b', 'c']],
  ['$$$', []],
  ['a,b', ['a,b']],
  ['', []],
])('case 97: the groups in %j, divided at $', async (value, groups) => {
  expect((await grouped(value)).groups).toEqual(groups)
})

test('case 98: two values cannot be divided', async () => {
  await expect(grouped('a$b', 'c')).rejects.toThrow(
    refusal('SAML_ATTRIBUTES', 'Expected single string value for attribute: [memberOf], but got list with 2 values'),
  )
})

test('a delimiter may go without the attribute', async () => {
  const config = { attributes: { principal: 'nameid', groups: 'memberOf' }, groupsDelimiter: '$' }
  expect((await principalOf([], config)).groups).toEqual([])
})

const local = { principal: compileJavaPattern('^([^@]*)@sp\\.test$') }
const mailOf = (...values: readonly string[]) => [{ name: 'mail', values }]

test('case 96: a pattern takes the local part of the name', async () => {
  const attributePatterns = { principal: compileJavaPattern('^(al)ice$') }
  expect((await principalOf([], { attributePatterns })).username).toBe('al')
})

test('case 99: of three mails the two that match give a value each, in their order', async () => {
  const config = {
    attributes: { principal: 'nameid', groups: 'mail' },
    attributePatterns: { groups: compileJavaPattern('^(.+)@sp\\.test$') },
  }
  const attributes = mailOf('b@sp.test', 'c@other.test', 'a@sp.test')
  expect((await principalOf(attributes, config)).groups).toEqual(['b', 'a'])
})

test.each(['alice@other.test', '@sp.test'])(
  'case 100: a login is refused when the pattern of the principal finds nothing in %s',
  async (mail) => {
    const config = { attributes: { principal: 'mail' }, attributePatterns: local }
    await expect(principalOf(mailOf(mail), config)).rejects.toThrow(
      refusal('SAML_ATTRIBUTES', 'principal attribute [mail] not found in Assertion [_assertion1]'),
    )
  },
)

test('a pattern changes nothing in the user metadata', async () => {
  const config = { attributes: { principal: 'mail' }, attributePatterns: local }
  const principal = await principalOf(mailOf('al@sp.test'), config)
  expect(principal.username).toBe('al')
  expect(principal.metadata).toMatchObject({ 'saml(mail)': ['al@sp.test'] })
})

test.each(['urn:oid:1', 'uid'])('nothing is told of the private attribute %s', async (name) => {
  const config = {
    attributes: { principal: 'nameid', groups: 'uid' },
    privateAttributes: [name],
  }
  const principal = await principalOf([uid, { name: 'cn', values: ['Alice'] }], config)
  expect(principal).toMatchObject({ groups: [] })
  expect(principal.metadata).toEqual({ 'saml(cn)': ['Alice'], saml_nameid: 'alice' })
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
