import { afterAll, beforeEach, expect, test } from 'vitest'
import { startLab } from '../lab.ts'
import { refusal } from './refusal.test-support.ts'
import { threeWays } from './three-ways.test-support.ts'

const acs = 'http://localhost:3999/acs'
const lab = await startLab({
  serviceProviders: [
    { entityId: 'urn:one', acs, slo: 'http://localhost:3999/slo' },
    { entityId: 'urn:two', acs, singleLogout: [{ binding: 'soap', location: 'http://127.0.0.1:1/slo' }] },
  ],
  applications: [{ name: 'app' }],
  partners: [{ name: 'wiki' }, { name: 'mail', temper: 'silent' }],
  clocks: { mail: { frozenAt: '2026-01-01T00:00:00Z' } },
})
const { wiki = '', mail = '' } = lab.partnerUrls
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const both = threeWays(lab)

test.each(both)(
  'the world tells of each service provider that runs its endpoints and clock: %s',
  async (_how, control) => {
    await control.clocks.set('wiki', { shiftMs: 5 })
    const { parties, realms } = await control.world()
    const [, , app, first, second] = parties
    const certificate = expect.stringContaining('-----BEGIN CERTIFICATE-----')
    const atApp = { acs: `${lab.appUrl}/api/security/saml/callback`, slo: `${lab.appUrl}/logout` }
    expect(app).toMatchObject({ entityId: lab.appUrl, certificate, endpoints: atApp, clock: {} })
    expect(realms).toMatchObject([{ name: 'saml1', entityId: lab.appUrl, acs: atApp.acs, certificate }])
    const atWiki = { acs: `${wiki}/saml/acs`, slo: `${wiki}/saml/slo` }
    expect(first).toMatchObject({ entityId: wiki, certificate, endpoints: atWiki, clock: { shiftMs: 5 } })
    expect(second?.clock).toEqual({ frozenAt: '2026-01-01T00:00:00Z' })
  },
)

const frozenAt = '2026-01-01T00:00:00Z'

test.each(both)('a clock is moved, each change is told, and the others go on: %s', async (_how, control) => {
  const others = { es: {}, app: {}, wiki: {}, mail: { frozenAt } }
  expect(await control.clocks.get()).toEqual({ clocks: { idp: {}, ...others } })
  expect(await control.clocks.set('idp', { frozenAt })).toEqual({ frozenAt })
  expect(await control.clocks.set('idp', { advanceMs: 1_000 })).toEqual({ frozenAt: '2026-01-01T00:00:01Z' })
  expect(await control.clocks.get()).toEqual({ clocks: { idp: { frozenAt: '2026-01-01T00:00:01Z' }, ...others } })
  expect(await control.clocks.set('idp', {})).toEqual({})
})

test.each(both)('a clock that cannot be moved so stays as it is: %s', async (_how, control) => {
  const before = await control.clocks.get()
  expect(await refusal(control.clocks.set('idp', { advanceMs: 5 }))).toMatchObject({
    ...{ status: 400, type: 'invalid', path: 'advanceMs' },
    ...{ expected: 'a clock that stands', actual: 'one that runs' },
    message: 'advanceMs: expected a clock that stands, found one that runs',
  })
  expect(await refusal(control.clocks.set('wikki', { shiftMs: 5 }))).toMatchObject({
    ...{ status: 404, type: 'noSuchParty', expected: 'wiki', actual: 'wikki' },
    message: 'there is no party [wikki], did you mean wiki?',
  })
  expect(await control.clocks.get()).toEqual(before)
})

const alice = { realm: 'saml1', username: 'alice', nameId: { value: '_1' }, sessionIndex: '_2' }

/** What Elasticsearch says to an access token. */
async function statusWith(accessToken: string): Promise<number> {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await fetch(`${lab.esUrl}/_security/_authenticate`, { headers })).status
}

test.each(both)('tokens are issued, listed without secrets and ended: %s', async (_how, control) => {
  const { id, accessToken, refreshToken } = await control.es.tokens.issue(alice)
  expect(await statusWith(accessToken)).toBe(200)
  const listed = await control.es.tokens.list()
  expect(listed.tokens).toMatchObject([{ id, sessionIndex: '_2', access: 'alive', refresh: 'alive', endedBy: null }])
  expect(JSON.stringify(listed)).not.toContain(accessToken)
  expect(JSON.stringify(listed)).not.toContain(refreshToken)
  expect(await control.es.tokens.end(id)).toBeUndefined()
  expect(await statusWith(accessToken)).toBe(401)
  const ended = { id, access: 'invalidated', refresh: 'invalidated', endedBy: 'control' }
  expect((await control.es.tokens.list()).tokens).toMatchObject([ended])
})

test.each(both)('a realm or pair that is not there is told with the nearest: %s', async (_how, control) => {
  const { id } = await control.es.tokens.issue(alice)
  const before = await control.es.tokens.list()
  expect(await refusal(control.es.tokens.issue({ ...alice, realm: 'saml2' }))).toMatchObject({
    ...{ status: 404, type: 'noSuchRealm', path: 'realm', expected: 'saml1', actual: 'saml2' },
    message: 'there is no realm [saml2], did you mean saml1?',
  })
  const near = `${id.slice(0, -1)}x`
  expect(await refusal(control.es.tokens.end(near))).toMatchObject({
    ...{ status: 404, type: 'noSuchTokens', expected: id },
    message: `there is no pair of tokens [${near}], did you mean ${id}?`,
  })
  expect(await control.es.tokens.list()).toEqual(before)
})

test.each(both)(
  'Elasticsearch explains a LogoutRequest, rule by rule, and changes nothing: %s',
  async (_how, control) => {
    const { session, participant } = await control.idp.signIn({ user: 'alice', to: lab.appUrl })
    const { nameId, sessionIndex } = participant
    const { id } = await control.es.tokens.issue({ realm: 'saml1', username: 'alice', nameId, sessionIndex })
    const before = await control.es.tokens.list()
    const minted = await control.idp.mint({ kind: 'LogoutRequest', to: lab.appUrl, session })
    const { queryString = '', url = '' } = minted as { queryString?: string; url?: string }
    const good = await control.es.explain({ queryString })
    expect(good).toMatchObject({ kind: 'LogoutRequest', binding: 'redirect', id: minted.id, realm: 'saml1' })
    expect(good).toMatchObject({
      from: `${lab.idpUrl}/metadata`,
      to: `${lab.appUrl}/logout`,
      document: minted.document,
    })
    expect(good).toMatchObject({ accepted: true, refusal: null, wouldInvalidate: 1, nearest: [] })
    expect(await control.es.explain({ url })).toEqual(good)
    const damaged = await control.es.explain({ queryString: queryString.replace(/SigAlg=.*/, '') })
    expect(damaged).toMatchObject({ accepted: false, refusal: 'SAML_UNSIGNED', wouldInvalidate: 1 })
    expect(damaged.checks.find(({ holds }) => holds === false)).toEqual({
      rule: 'isSigned',
      code: 'SAML_UNSIGNED',
      holds: false,
      message: 'Logout request is not signed',
      expected: 'signed',
      actual: 'not signed',
      clause: 'saml-profiles-2.0 §4.4.4.1',
      hint: null,
    })
    expect([id, await control.es.tokens.list()]).toEqual([before.tokens[0]?.id, before])
  },
)

test.each(both)('what cannot be explained is refused with what is wrong: %s', async (_how, control) => {
  const queryString = 'SAMLRequest=a'
  expect(await refusal(control.es.explain({ queryString, realm: 'saml2' }))).toMatchObject({
    ...{ status: 404, type: 'noSuchRealm', path: 'realm', expected: 'saml1', actual: 'saml2' },
    message: 'there is no realm [saml2], did you mean saml1?',
  })
  expect(await refusal(control.es.explain({ queryString, document: '<a/>' }))).toMatchObject({
    ...{ status: 400, type: 'invalid', path: 'document', message: 'document: queryString says this already' },
  })
})

test.each(both)('partners are listed in the order of the world, and change their temper: %s', async (_how, control) => {
  const polite = { name: 'wiki', url: wiki, entityId: wiki, temper: 'polite' }
  const silent = { name: 'mail', url: mail, entityId: mail, temper: 'silent' }
  expect(await control.partners.list()).toEqual({ partners: [polite, silent] })
  expect(await control.partners.change('wiki', { temper: 'lying' })).toEqual({ ...polite, temper: 'lying' })
  expect(await refusal(control.partners.change('wikki', { temper: 'silent' }))).toMatchObject({
    ...{ status: 404, type: 'noSuchParty', expected: 'wiki', actual: 'wikki' },
    message: 'there is no partner [wikki], did you mean wiki?',
  })
  expect(await control.partners.list()).toEqual({ partners: [{ ...polite, temper: 'lying' }, silent] })
})

test.each(both)('after a reset everything is as after the start: %s', async (_how, control) => {
  const state = async () => ({
    users: await control.idp.users.list(),
    serviceProviders: await control.idp.serviceProviders.list(),
    sessions: await control.idp.sessions.list(),
    logouts: await control.idp.logouts.list(),
    behaviour: await control.idp.behaviour.get(),
    keys: await control.idp.keys.list(),
    clocks: await control.clocks.get(),
    tokens: await control.es.tokens.list(),
    partners: await control.partners.list(),
    role: await callNode('GET', 'role/mine'),
    user: await callNode('GET', 'user/mine'),
    mapping: await callNode('GET', 'role_mapping/mine'),
    keysOfNode: await callNode('GET', 'api_key?owner=true'),
  })
  const before = await state()
  await control.idp.users.delete('bob')
  await control.idp.serviceProviders.add({ entityId: 'urn:three', acs })
  await control.idp.serviceProviders.remove('urn:two')
  await control.idp.behaviour.change({ session: 'keep' })
  await control.idp.keys.rotate()
  await control.idp.signIn({ user: 'alice', to: 'urn:one' })
  await control.idp.logouts.start({ user: 'alice' })
  await control.clocks.set('mail', {})
  await control.partners.change('mail', { temper: 'polite' })
  await control.es.tokens.issue(alice)
  await callNode('PUT', 'role/mine', { cluster: ['all'] })
  await callNode('PUT', 'user/mine', { password: 'x-pack-test', roles: ['mine'] })
  await callNode('PUT', 'role_mapping/mine', { roles: ['mine'], enabled: true, rules: { field: { username: 'a' } } })
  await callNode('POST', 'api_key', { name: 'mine' })
  const changed = await state()
  for (const [name, value] of Object.entries(before)) expect(changed).not.toHaveProperty(name, value)
  expect(await control.reset()).toEqual({ unusedFaults: [], unansweredRequests: [] })
  expect(await state()).toEqual(before)
})

/** A call of the service user, as an application makes it. */
async function callNode(method: string, path: string, json?: object): Promise<unknown> {
  const { username, password } = lab.serviceUser
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const headers = { authorization, 'content-type': 'application/json' }
  const body = json === undefined ? null : JSON.stringify(json)
  const answer = await fetch(`${lab.esUrl}/_security/${path}`, { method, headers, body })
  return [answer.status, await answer.json()]
}

test.each([
  ['an application', () => lab.appUrl],
  ['a partner', () => wiki],
])('after a reset nobody is signed in at %s', async (_what, urlOf) => {
  const { form } = await lab.idp.signIn({ user: 'alice', to: urlOf() })
  const body = new URLSearchParams(form.fields)
  const loggedIn = await atLoopback(form.action, { method: 'POST', body })
  const cookie = loggedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const account = async () => (await atLoopback(`${urlOf()}/`, { headers: { cookie } })).text()
  expect(await account()).toContain('alice')
  await lab.reset()
  expect(await account()).not.toContain('alice')
})

/** Not every system resolves names below localhost. */
function atLoopback(url: string, init: RequestInit): Promise<Response> {
  const { port, pathname } = new URL(url)
  return fetch(`http://127.0.0.1:${port}${pathname}`, { ...init, redirect: 'manual' })
}
