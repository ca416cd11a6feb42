import { beforeAll, expect, test } from 'vitest'
import { type Credential, generateCredential } from '#saml/credentials'
import { ConfigError } from '#server/config'
import { type IdpOptions, resolveIdpConfig } from './config.ts'

let credential: Credential
beforeAll(async () => {
  credential = await generateCredential('idp', Date.UTC(2031, 4, 4))
})
const options = (given: Partial<IdpOptions> = {}): IdpOptions => {
  return { baseUrl: 'http://idp.localhost:7070', credential, ...given }
}
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
  ['no lifetime', { lifetimes: { pendingSeconds: 0 } }, 'lifetimes.pendingSeconds: [0] is not a number of at least 1'],
])('a configuration with %s is refused with the path of the mistake', (_case, given, message) => {
  expect(() => resolveIdpConfig(options(given))).toThrow(new ConfigError(message))
})
