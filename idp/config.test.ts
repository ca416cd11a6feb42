import { beforeAll, expect, test } from 'vitest'
import { type Credential, generateCredential } from '#saml/credentials'
import { ConfigError } from '#server/config'
import { type IdpOptions, resolveIdpConfig } from './config.ts'
import { readSentRequest } from './sp.test-support.ts'
import { logIn, makeWorld } from './world.test-support.ts'

let credential: Credential
beforeAll(async () => {
  credential = await generateCredential('idp', Date.UTC(2031, 4, 4))
})
const options = (given: Partial<IdpOptions> = {}): IdpOptions => {
  return { baseUrl: 'http://idp.localhost:7070', credential, ...given }
}
const at = (code: string, position: number) =>
  `it holds the character U+${code} at position ${position}, which cannot be written there`
const dave = { name: 'dave', email: 'dave@example.test', displayName: 'Dave', groups: [] }

test('addresses and entity id follow from the base URL', () => {
  const config = resolveIdpConfig(options())
  expect(config.entityId).toBe('http://idp.localhost:7070/metadata')
  expect(config.endpoints).toMatchObject({
    ssoUrl: 'http://idp.localhost:7070/sso',
    sloUrl: 'http://idp.localhost:7070/slo',
  })
})

test('an IdP may live below a path', () => {
  const { endpoints } = resolveIdpConfig(options({ baseUrl: 'https://lab.test/labs/a/' }))
  expect(endpoints).toMatchObject({ basePath: '/labs/a', sloUrl: 'https://lab.test/labs/a/slo' })
})

test('alice, bob and carol are there unless others are configured', () => {
  expect(resolveIdpConfig(options()).users.map(({ name }) => name)).toEqual(['alice', 'bob', 'carol'])
  expect(resolveIdpConfig(options({ users: [dave] })).users).toEqual([dave])
})

test('a given lifetime leaves the others at their defaults', () => {
  const { lifetimes } = resolveIdpConfig(options({ lifetimes: { assertionSeconds: 60 } }))
  expect(lifetimes).toMatchObject({ assertionSeconds: 60, sessionSeconds: 28_800 })
})

test('the configuration cannot be changed afterwards', () => {
  expect(Object.isFrozen(resolveIdpConfig(options()))).toBe(true)
})

test.each<[string, Partial<IdpOptions>, string]>([
  ['no URL', { baseUrl: 'idp' }, 'baseUrl: [idp] is not an http or https URL without query and fragment'],
  [
    'another scheme',
    { baseUrl: 'ftp://idp' },
    'baseUrl: [ftp://idp] is not an http or https URL without query and fragment',
  ],
  ['no entity id', { entityId: '' }, 'entityId: an entity id has between 1 and 1024 characters'],
  ['nobody', { users: [] }, 'users: at least one user is needed, or nobody can sign in'],
  ['a nameless user', { users: [{ ...dave, name: '' }] }, 'users[0].name: a user needs a name'],
  ['two daves', { users: [dave, dave] }, 'users[1].name: there is already a user [dave]'],
  ['a negative skew', { skewMs: -1 }, 'skewMs: [-1] is not a number of at least 0'],
  // cases/robustness.md C3
  ...(['sessionSeconds', 'assertionSeconds', 'logoutRequestSeconds', 'pendingSeconds'] as const).map(
    (name): [string, Partial<IdpOptions>, string] => [
      `${name} beyond what a date can hold`,
      { lifetimes: { [name]: 1e300 } },
      `lifetimes.${name}: [1e+300] is not a number of at most 3155760000`,
    ],
  ),
  ['a skew beyond all time', { skewMs: 1e300 }, 'skewMs: [1e+300] is not a number of at most 3155760000000'],
  // cases/robustness.md C1
  ['a control character in the entity id', { entityId: 'urn:a\u0007b' }, `entityId: ${at('0007', 6)}`],
  ['a blank in the entity id', { entityId: ' urn:a' }, 'entityId: [ urn:a] is no URI, it has a blank in it'],
  ['a line break in the base URL', { baseUrl: 'http://idp\n.test' }, `baseUrl: ${at('000A', 11)}`],
  // cases/robustness.md C2, T1
  ...(['name', 'email', 'displayName'] as const).map((key): [string, Partial<IdpOptions>, string] => [
    `a control character in the ${key} of a user`,
    { users: [{ ...dave, [key]: 'a\u0001b' }] },
    `users[0].${key}: ${at('0001', 2)}`,
  ]),
  ['half a letter in a name', { users: [{ ...dave, name: 'a\uD800' }] }, `users[0].name: ${at('D800', 2)}`],
  ['a line break in a name', { users: [{ ...dave, name: 'a\nb' }] }, `users[0].name: ${at('000A', 2)}`],
  ['a line separator in a name', { users: [{ ...dave, name: 'a\u2028b' }] }, `users[0].name: ${at('2028', 2)}`],
  [
    'a group that XML cannot carry',
    { users: [{ ...dave, groups: ['a', '\uFFFE'] }] },
    `users[0].groups[1]: ${at('FFFE', 1)}`,
  ],
  [
    'the name of an attribute that XML cannot carry',
    { users: [{ ...dave, attributes: { 'a\u0000': [] } }] },
    `users[0].attributes: ${at('0000', 2)}`,
  ],
  [
    'the value of an attribute that XML cannot carry',
    { users: [dave, { ...dave, name: 'dora', attributes: { phone: ['1', '2\u001f'] } }] },
    `users[1].attributes.phone[1]: ${at('001F', 2)}`,
  ],
  ['no lifetime', { lifetimes: { pendingSeconds: 0 } }, 'lifetimes.pendingSeconds: [0] is not a number of at least 1'],
])('a configuration with %s is refused with the path of the mistake', (_case, given, message) => {
  expect(() => resolveIdpConfig(options(given))).toThrow(new ConfigError(message))
})

test('the value of an attribute may have several lines', () => {
  const users = [{ ...dave, attributes: { address: ['Main Street 1\n\tTown\r\n'] } }]
  expect(resolveIdpConfig(options({ users })).users).toEqual(users)
})

test('the longest lifetimes there may be can be written as instants', async () => {
  const seconds = 3_155_760_000
  const lifetimes = { sessionSeconds: seconds, assertionSeconds: seconds, logoutRequestSeconds: seconds }
  const { browser, orders, key } = await makeWorld({ lifetimes, skewMs: seconds * 1_000 })
  const { assertion } = await logIn(browser, orders)
  expect(assertion.conditions?.notOnOrAfter).toBe(Date.UTC(2131, 4, 5, 12))
  const { location } = await browser.press(await browser.open('/'), 'Log out everywhere')
  expect(readSentRequest(location, key).notOnOrAfter).toBe(Date.UTC(2131, 4, 5, 12))
})
