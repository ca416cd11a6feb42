import { expect, test } from 'vitest'
import { NAME_ID_FORMAT } from '#saml/names'
import type { Presented } from '#saml/rules/presented'
import { realNode } from '../real-node.test-support.ts'
import { signedLogin } from '../realm/test-logins.test-support.ts'
import { carry, logoutQuery, logoutRequest, signed, strangerKey, testRealm } from '../realm/test-realm.test-support.ts'

const transient = NAME_ID_FORMAT.transient
const alice = {
  realm: 'saml1',
  username: 'alice',
  nameId: { value: 'alice', format: transient },
  sessionIndex: '_session1',
}
const logout = (changes: Parameters<typeof logoutQuery>[0] = {}): { presented: Presented } => ({
  presented: { carrier: 'query', queryString: logoutQuery(changes) },
})

test('it tells how many pairs a LogoutRequest would end, and ends none', async () => {
  const node = realNode()
  for (const _ of [1, 2]) await node.es.tokens.issue(alice)
  const before = await node.es.tokens.list()
  expect(await node.es.explain(logout())).toMatchObject({
    ...{ realm: 'saml1', accepted: true, refusal: null, wouldInvalidate: 2, nearest: [] },
  })
  expect(await node.es.tokens.list()).toEqual(before)
})

test('it tells this also where a check fails', async () => {
  const node = realNode()
  await node.es.tokens.issue(alice)
  const queryString = signed(carry(logoutRequest()), { key: strangerKey })
  expect(await node.es.explain({ presented: { carrier: 'query', queryString } })).toMatchObject({
    ...{ accepted: false, refusal: 'SAML_SIGNATURE', wouldInvalidate: 1, nearest: [] },
  })
})

test('where it would end none, it tells the nearest logins and in what they differ', async () => {
  const node = realNode()
  const issue = async (changes: object) => (await node.es.tokens.issue({ ...alice, ...changes })).id
  const far = await issue({ nameId: { value: 'alice' }, sessionIndex: '_session2' })
  const near = await issue({ nameId: { ...alice.nameId, spNameQualifier: 'urn:sp' } })
  const sameSession = await issue({ nameId: { value: 'bob', format: transient } })
  await issue({ nameId: { value: 'carol' }, sessionIndex: '_session3' })
  const ended = await issue({ sessionIndex: '_session4' })
  await node.es.tokens.end(ended)
  expect(await node.es.explain(logout())).toMatchObject({
    wouldInvalidate: 0,
    nearest: [
      { token: near, differsIn: ['spNameQualifier'] },
      { token: sameSession, differsIn: ['value'] },
      { token: far, differsIn: ['format', 'sessionIndex'] },
    ],
  })
})

test('no SessionIndex is none of a login that has one', async () => {
  const node = realNode()
  const { id } = await node.es.tokens.issue(alice)
  const { nearest } = await node.es.explain(logout({ sessionIndexes: [] }))
  expect(nearest).toEqual([{ token: id, differsIn: ['sessionIndex'] }])
})

test('what is no LogoutRequest, and what cannot be read, would end nothing', async () => {
  const node = realNode()
  await node.es.tokens.issue(alice)
  const content = (await signedLogin()).toString('base64')
  const login = {
    presented: { carrier: 'form', fields: { SAMLResponse: content } },
    inResponseTo: ['_login1'],
  } as const
  const nothing = { wouldInvalidate: 0, nearest: [] }
  expect(await node.es.explain(login)).toMatchObject({ kind: 'Response', accepted: true, ...nothing })
  const unreadable = { presented: { carrier: 'query', queryString: 'SAMLRequest=*' } } as const
  expect(await node.es.explain(unreadable)).toMatchObject({ kind: null, accepted: false, ...nothing })
})

test('whom the realms know in which users are looked up is the last that is asked of a login', async () => {
  const node = realNode({ authorizationRealms: ['default_native'] })
  const content = (await signedLogin()).toString('base64')
  const ask = (SAMLResponse: string) =>
    node.es.explain({ presented: { carrier: 'form', fields: { SAMLResponse } }, inResponseTo: ['_login1'] })
  const unknown = await ask(content)
  expect([unknown.accepted, unknown.checks.filter(({ holds }) => holds === false)]).toMatchObject([
    false,
    [{ rule: 'knownToAnAuthorizationRealm', code: 'SAML_REALM', expected: ['default_native'], actual: 'alice' }],
  ])
  expect((await node.authenticate(Buffer.from(content, 'base64'))).status).toBe(401)
  expect(node.logged.at(-1)?.message).toBe(unknown.checks.at(-1)?.message)
  const unreadable = await ask('AAAA')
  expect(unreadable.checks.filter(({ rule }) => rule === 'knownToAnAuthorizationRealm')).toEqual([])
  await node.call('PUT /_security/user/alice', { password: 'a-password', roles: [] })
  expect(await ask(content)).toMatchObject({ accepted: true, refusal: null })
})

const elsewhere = {
  name: 'saml2',
  order: 1,
  logoutUrl: 'https://second.test/logout',
  acsUrl: 'https://second.test/acs',
}
const twoRealms = (config: object = elsewhere) => realNode({}, {}, [testRealm(config).realm])

test.each([
  ['its Destination', logout(), 'saml1'],
  ['another Destination', logout({ destination: elsewhere.logoutUrl }), 'saml2'],
  ['the name that was said', { ...logout(), realm: 'saml2' }, 'saml2'],
])('of several realms it is chosen by %s', async (_how, message, realm) => {
  expect(await twoRealms().es.explain(message)).toMatchObject({ realm })
})

test('of several at the same address it is the first that would accept, else the first', async () => {
  const { es } = twoRealms({ name: 'saml2', order: 1, idpEntityId: 'https://other.test/' })
  expect(await es.explain(logout())).toMatchObject({ realm: 'saml1', accepted: true })
  expect(await es.explain(logout({ issuer: 'https://third.test/' }))).toMatchObject({ realm: 'saml2', accepted: false })
})

test('the address to which it came tells the realm of what has no Destination', async () => {
  const { presented } = logout({ destination: undefined })
  const message = { presented: { ...presented, address: 'https://sp.test/saml/logout' } }
  expect(await twoRealms().es.explain(message)).toMatchObject({ realm: 'saml1', refusal: 'SAML_DESTINATION' })
})

test('an unknown realm is refused with the nearest', async () => {
  await expect(realNode().es.explain({ ...logout(), realm: 'saml2' })).rejects.toMatchObject({
    ...{ type: 'noSuchRealm', path: 'realm', message: 'there is no realm [saml2], did you mean saml1?' },
  })
})
