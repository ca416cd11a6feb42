import { afterAll, beforeEach, expect, test } from 'vitest'
import { startLab } from '../lab.ts'
import { connect } from './connect.ts'
import { refusal } from './refusal.test-support.ts'
import { threeWays } from './three-ways.test-support.ts'

const acs = 'http://localhost:3999/acs'
const lab = await startLab({
  serviceProviders: [
    { entityId: 'urn:one', acs, slo: 'http://localhost:3999/slo' },
    { entityId: 'urn:two', acs, singleLogout: [{ binding: 'soap', location: 'http://127.0.0.1:1/slo' }] },
  ],
  applications: [],
})
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const both = threeWays(lab)

const logoutRequest = (name: string) =>
  `<LogoutRequest xmlns="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion" ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z"><a:Issuer>urn:one</a:Issuer><a:NameID>${name}</a:NameID></LogoutRequest>`

test.each(both)('everything is ready, and said to be: %s', async (_how, control) => {
  expect(await control.ready()).toEqual({ ready: true })
})

test.each(both)('the world names its parties with address, entity id and certificate: %s', async (_how, control) => {
  const { parties } = await control.world()
  expect(parties.map(({ name, role, url }) => [name, role, url])).toEqual([
    ['idp', 'idp', lab.idpUrl],
    ['es', 'es', lab.esUrl],
  ])
  expect(parties[0]).toMatchObject({
    entityId: `${lab.idpUrl}/metadata`,
    certificate: expect.stringContaining('-----BEGIN CERTIFICATE-----'),
    endpoints: { sso: `${lab.idpUrl}/sso`, soap: `${lab.idpUrl}/slo/soap` },
  })
  expect(parties[1]?.version).toMatch(/^9\./)
})

test.each(both)('a user is added, replaced and removed: %s', async (_how, control) => {
  const dana = { name: 'dana', email: 'dana@example.test', displayName: 'dana', groups: [], attributes: {} }
  expect(await control.idp.users.put('dana', {})).toEqual(dana)
  expect(await control.idp.users.put('dana', { groups: ['staff'] })).toEqual({ ...dana, groups: ['staff'] })
  const { users } = await control.idp.users.list()
  expect(users.map(({ name }) => name)).toEqual(['alice', 'bob', 'carol', 'dana'])
  expect(await control.idp.users.delete('dana')).toBeUndefined()
  expect(await refusal(control.idp.users.delete('dana'))).toMatchObject({ status: 404, type: 'noSuchUser' })
})

test.each(both)('a user who is not there is told with the nearest: %s', async (_how, control) => {
  expect(await refusal(control.idp.users.delete('alise'))).toEqual({
    status: 404,
    type: 'noSuchUser',
    message: 'there is no user [alise], did you mean alice?',
    path: undefined,
    expected: 'alice',
    actual: 'alise',
    code: undefined,
  })
})

test.each(both)('a service provider is added, replaced, logged in at and removed: %s', async (_how, control) => {
  const entityId = 'http://sp.test/a b?c=d&é'.replace(' ', '%20')
  const sp = { entityId, name: 'localhost:3999', acs: [acs], singleLogout: [] }
  expect(await control.idp.serviceProviders.add({ entityId, acs })).toEqual(sp)
  expect(await control.idp.serviceProviders.add({ entityId, acs, name: 'mine', slo: 'http://x.test/slo' })).toEqual({
    ...sp,
    name: 'mine',
    singleLogout: [{ binding: 'redirect', location: 'http://x.test/slo', responseLocation: null }],
  })
  const { participant } = await control.idp.signIn({ user: 'alice', to: entityId })
  expect(participant.serviceProvider).toBe(entityId)
  await control.idp.serviceProviders.remove(entityId)
  expect(await refusal(control.idp.signIn({ user: 'alice', to: entityId }))).toMatchObject({
    status: 404,
    type: 'noSuchServiceProvider',
    path: 'to',
  })
})

test.each(both)('the IdP explains a message and ends nothing by it: %s', async (_how, control) => {
  const { session, participant } = await control.idp.signIn({ user: 'alice', to: 'urn:one' })
  const document = logoutRequest(participant.nameId.value)
  const told = await control.idp.explain({ document })
  expect(told).toMatchObject({ kind: 'LogoutRequest', from: 'urn:one', document, accepted: false, logout: null })
  expect(told.nearest).toEqual([{ session, differsIn: ['format'] }])
  expect((await control.idp.sessions.list()).sessions.map(({ id }) => id)).toEqual([session])
  expect(await refusal(control.idp.explain({ document, queryString: '' }))).toMatchObject({ status: 400 })
})

test.each(both)(
  'somebody signs in, at a second service provider too, and the session ends: %s',
  async (_how, control) => {
    const first = await control.idp.signIn({ user: 'alice', to: 'urn:one', relayState: 'here', inResponseTo: '_asked' })
    const { session, participant, form, cookie } = first
    expect(form).toEqual({ action: acs, fields: { SAMLResponse: expect.any(String), RelayState: 'here' } })
    const response = Buffer.from(form.fields['SAMLResponse'] ?? '', 'base64').toString()
    expect(response.match(/InResponseTo="_asked"/g)).toHaveLength(2)
    expect(response).toContain(participant.nameId.value)
    expect(cookie).toEqual({ name: 'sloop_idp', value: session, url: `${lab.idpUrl}/` })
    const second = await control.idp.signIn({ session, to: 'urn:two' })
    expect(second.session).toBe(session)
    const { sessions } = await control.idp.sessions.list()
    expect(sessions).toEqual([
      { id: session, user: 'alice', since: expect.any(String), participants: [participant, second.participant] },
    ])
    await control.idp.sessions.end(session)
    expect(await control.idp.sessions.list()).toEqual({ sessions: [] })
    expect(await refusal(control.idp.sessions.end(session))).toMatchObject({ status: 404, type: 'noSuchSession' })
  },
)

test.each(both)(
  'a logout ends the session, asks by SOAP now, and a browser without cookies carries the rest: %s',
  async (_how, control) => {
    const { session } = await control.idp.signIn({ user: 'alice', to: 'urn:one' })
    await control.idp.signIn({ session, to: 'urn:two' })
    const { id, url } = await control.idp.logouts.start({ session })
    expect(await control.idp.sessions.list()).toEqual({ sessions: [] })
    const pending = {
      serviceProvider: 'urn:one',
      binding: null,
      state: 'pending',
      requestId: null,
      status: [],
      reason: null,
    }
    const failed = { serviceProvider: 'urn:two', binding: 'soap', state: 'failed', status: [] }
    const before = await control.idp.logouts.get(id)
    expect(before).toMatchObject({ id, user: 'alice', state: 'running', legs: [pending, failed] })
    expect(before.legs[1]?.reason).toContain('connection refused')
    const { hostname, port, pathname, search } = new URL(url)
    expect(hostname).toBe('idp.localhost')
    const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { redirect: 'manual' })
    expect(answer.headers.get('location')).toContain('http://localhost:3999/slo?SAMLRequest=')
    const after = await control.idp.logouts.get(id)
    expect(after.legs[0]).toMatchObject({ state: 'asked', binding: 'redirect', requestId: expect.stringMatching(/^_/) })
    expect(await control.idp.logouts.list()).toEqual({ logouts: [after] })
  },
)

test.each(both)('to limits who is asked, not what ends: %s', async (_how, control) => {
  const { session, participant } = await control.idp.signIn({ user: 'alice', to: 'urn:one' })
  await control.idp.signIn({ session, to: 'urn:two' })
  const { id } = await control.idp.logouts.start({ user: 'alice', to: ['urn:two'] })
  expect(await control.idp.sessions.list()).toEqual({ sessions: [] })
  const { legs, leftOut, state } = await control.idp.logouts.get(id)
  expect(legs.map(({ serviceProvider }) => serviceProvider)).toEqual(['urn:two'])
  expect([leftOut, state]).toEqual([[participant], 'partial'])
})

test.each(both)('behaviour changes where it is said, and nowhere else: %s', async (_how, control) => {
  const usual = await control.idp.behaviour.get()
  expect(usual).toEqual({
    personality: 'none',
    tolerate: ['longRelayState', 'weakAlgorithms'],
    unknownSession: 'refuse',
    propagation: 'chain',
    onFailure: 'continue',
    initiator: 'leftOut',
    session: 'end',
    participantTimeoutSeconds: 10,
    singleLogout: [{ binding: 'redirect' }, { binding: 'post' }, { binding: 'soap' }],
  })
  const changed = { propagation: 'frames' as const, participantTimeoutSeconds: 2.5, singleLogout: [] }
  expect(await control.idp.behaviour.change(changed)).toEqual({ ...usual, ...changed })
  expect(await control.idp.behaviour.get()).toEqual({ ...usual, ...changed })
})

test.each(both)('a new key signs, and the old one stays published or not: %s', async (_how, control) => {
  const { keys } = await control.idp.keys.list()
  const made = await control.idp.keys.rotate({ publish: 'announce' })
  expect(made.signs).toBe(false)
  expect(await control.idp.keys.list()).toEqual({ keys: [...keys, made] })
  const signing = await control.idp.keys.rotate({ publish: 'newOnly' })
  expect(signing).toEqual({ ...made, signs: true })
  expect(await control.idp.keys.list()).toEqual({ keys: [signing] })
})

test.each(both)('an unknown key is refused with the nearest one: %s', async (_how, control) => {
  const given = { user: 'alice', too: 'urn:one' } as never
  expect(await refusal(control.idp.signIn(given))).toEqual({
    status: 400,
    type: 'invalid',
    message: 'too: unknown key, did you mean to?',
    path: 'too',
    expected: 'to',
    actual: 'too',
    code: undefined,
  })
})

test('what is no address is refused at once', () => {
  expect(() => connect('idp')).toThrow('connect: [idp] is no address that begins with http:// or https://')
})
