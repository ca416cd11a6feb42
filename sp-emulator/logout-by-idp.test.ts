import { expect, test } from 'vitest'
import vector from '../core/saml/bindings/elasticsearch-docs-invalidate.vector.json' with { type: 'json' }
import { envelope } from './bad-input.test-support.ts'
import { testNode } from './es/test-node.test-support.ts'
import { alive, asUser, dead, goodLogout, realNode, tryTokens } from './real-node.test-support.ts'
import { signedLogin } from './realm/test-logins.test-support.ts'
import { acsUrl, idpKey, logoutQuery, nameOfKey, noon, sloUrl, testRealm } from './realm/test-realm.test-support.ts'
import { readRedirect } from './realm/write/redirect.test-support.ts'

const withoutSession = logoutQuery({ sessionIndexes: [] })

test('case 9, C031: exactly the logins with this name and session end', async () => {
  const node = realNode()
  const others = [await node.login('alice', '_session2'), await node.login('bob', '_session1')]
  const both = [await node.login(), await node.login()]
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 2 })
  expect(await Promise.all(both.map((login) => tryTokens(node, login)))).toEqual([dead, dead])
  expect(await Promise.all(others.map((login) => tryTokens(node, login)))).toEqual([alive, alive])
})

test('case 10: both halves of a login end', async () => {
  const node = realNode()
  const login = await node.login()
  await goodLogout(node)
  expect(await tryTokens(node, login)).toEqual(dead)
})

test('case 11: the answer has realm, invalidated, redirect, in this order', async () => {
  const node = realNode()
  await node.login()
  const { json, text } = await goodLogout(node)
  expect(Object.keys(json)).toEqual(['realm', 'invalidated', 'redirect'])
  expect(text).toMatch(/^{"realm":"saml1","invalidated":1,"redirect":"https:\/\/idp\.test\/slo\?SAMLResponse=/)
})

test('the redirect answers this very request, with success', async () => {
  const { json } = await goodLogout(realNode())
  const { xml } = readRedirect(String(json['redirect']))
  expect(xml).toContain(' InResponseTo="_request1" ')
  expect(xml).toContain('<saml2p:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/>')
})

test.each([
  ['case 13: the name alone', { realm: 'saml1' }],
  ['the acs alone', { realm: undefined, acs: acsUrl }],
  ['both', { acs: acsUrl }],
  ['neither, when there is only one', { realm: undefined }],
])('a realm is found by %s', async (_case, selection) => {
  const { status, json } = await realNode().invalidate(logoutQuery(), selection)
  expect([status, json['realm']]).toEqual([200, 'saml1'])
})

test('with two realms and no selection a logout is refused', async () => {
  const realms = [testRealm().realm, testRealm({ name: 'saml2' }).realm]
  const { json } = await testNode({ realms }).call('POST /_security/saml/invalidate', { query_string: 'x' })
  const reason =
    "Found multiple matching realms [[saml/saml1, saml/saml2]] for [SamlInvalidateSessionRequest{realmName='null', assertionConsumerServiceURL='null', url-query=1 chars}]"
  expect(json).toEqual(envelope(500, 'security_exception', reason))
})

test('a logout at one realm leaves the logins of another alone', async () => {
  const realms = [testRealm().realm, testRealm({ name: 'saml2' }).realm]
  const node = testNode({ realms })
  const content = (await signedLogin(asUser('alice', '_session1'))).toString('base64')
  const login = { content, ids: ['_login1'], realm: 'saml2' }
  expect((await node.call('POST /_security/saml/authenticate', login)).status).toBe(200)
  const logout = { query_string: logoutQuery(), realm: 'saml1' }
  expect((await node.call('POST /_security/saml/invalidate', logout)).json).toMatchObject({ invalidated: 0 })
})

test('queryString still works, with a warning', async () => {
  const body = { query_string: undefined, queryString: logoutQuery() }
  const { status, headers } = await realNode().invalidate('', body)
  expect(status).toBe(200)
  expect(headers.get('warning')).toMatch(
    /^299 Elasticsearch-9\.2\.1-[0-9a-f]{40} "\[saml_invalidate_session\]\[1:\d+\] Deprecated field \[queryString\] used, expected \[query_string\] instead"$/,
  )
})

test('case 113, C041: a RelayState behind the signature is given back', async () => {
  const { json } = await realNode().invalidate(`${logoutQuery()}&RelayState=x`)
  expect(readRedirect(String(json['redirect'])).values['RelayState']).toBe('x')
})

test('case 118, T62, C032: without a SessionIndex a login that has one stays alive', async () => {
  const node = realNode()
  const login = await node.login()
  expect((await node.invalidate(withoutSession)).json).toMatchObject({ invalidated: 0, redirect: expect.any(String) })
  expect(await tryTokens(node, login)).toEqual(alive)
})

test('without a SessionIndex a login without one ends', async () => {
  const node = realNode()
  const { json } = await node.authenticate(await signedLogin(asUser('alice', undefined)))
  expect(json['username']).toBe('alice')
  expect((await node.invalidate(withoutSession)).json).toMatchObject({ invalidated: 1 })
})

test('T61: of two SessionIndexes only the first counts', async () => {
  const node = realNode()
  await node.login()
  const query = logoutQuery({ sessionIndexes: ['_other', '_session1'] })
  expect((await node.invalidate(query)).json).toMatchObject({ invalidated: 0 })
})

test('case 119: a login that was refreshed once counts twice', async () => {
  const node = realNode()
  await tryTokens(node, await node.login())
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 2 })
})

test('case 120, T24: the same request twice ends nothing more, and is answered anew', async () => {
  const node = realNode()
  await node.login()
  const [first, second] = [await goodLogout(node), await goodLogout(node)]
  expect([first.json['invalidated'], second.json['invalidated']]).toEqual([1, 0])
  expect(second.json['redirect']).not.toBe(first.json['redirect'])
})

test('T25: a captured request does not end a later session', async () => {
  const node = realNode()
  await node.login()
  await goodLogout(node)
  const later = await node.login('alice', '_session2')
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 0 })
  expect(await tryTokens(node, later)).toEqual(alive)
})

test('T23: a request ends the login until its NotOnOrAfter and the skew', async () => {
  const node = realNode()
  await node.login()
  const query = logoutQuery({ notOnOrAfter: noon })
  node.advance(180_000)
  expect((await node.invalidate(query)).status).toBe(500)
  node.advance(-1)
  expect((await node.invalidate(query)).json).toMatchObject({ invalidated: 1 })
})

test('case 123: without a logout address the tokens are dead before the answer fails', async () => {
  const node = realNode({}, { singleLogoutServices: [] })
  const login = await node.login()
  const reason = 'Cannot send LogoutResponse because the IDP https://idp.test/ does not provide a logout service'
  expect((await goodLogout(node)).json).toEqual(envelope(500, 'security_exception', reason))
  expect(await tryTokens(node, login)).toEqual(dead)
})

test('with two logout addresses the tokens are dead before the answer fails', async () => {
  const location = { binding: 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect', location: sloUrl }
  const node = realNode({}, { singleLogoutServices: [location, location] })
  const login = await node.login()
  const reason =
    'Found multiple locations for binding [urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect] in descriptor [https://idp.test/] - [[https://idp.test/slo, https://idp.test/slo]]'
  expect((await goodLogout(node)).json).toEqual(envelope(500, 'exception', reason))
  expect(await tryTokens(node, login)).toEqual(dead)
})

test('case 124: without single logout the IdP is still answered', async () => {
  const node = realNode({ useSingleLogout: false })
  await node.login()
  expect((await goodLogout(node)).json).toMatchObject({ invalidated: 1, redirect: expect.stringContaining(sloUrl) })
})

test('the documented example is refused by a realm that trusts another key', async () => {
  const { status, json } = await realNode().invalidate(vector.query_string)
  const reason = `SAML Signature [MsAYz2NFdovMG2mXf6TSpu5vlQQyEJAg] could not be validated against [${nameOfKey(idpKey)}]`
  expect(status).toBe(500)
  expect(json).toEqual(envelope(500, 'security_exception', reason))
})
