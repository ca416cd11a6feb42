import { afterAll, beforeEach, expect, test } from 'vitest'
import type { LabOptions } from '../lab.ts'
import { startLab } from '../lab.ts'
import { refusal } from './refusal.test-support.ts'
import { threeWays } from './three-ways.test-support.ts'

const acs = 'http://localhost:3999/acs'
const slo = 'http://localhost:3999/slo'
const warnings: object[] = []
const silent = () => undefined
const log = { info: silent, error: silent, warn: (facts: object) => void warnings.push(facts) }
const world: LabOptions = {
  serviceProviders: [{ entityId: 'urn:one', acs, slo }],
  applications: [{ name: 'app' }],
  partners: [{ name: 'wiki' }],
  faults: [{ party: 'wiki', on: 'AuthnRequest', change: { delivery: 'reset' } }],
}
const lab = await startLab({ ...world, log })
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const both = threeWays(lab)

const ofWorld = { party: 'wiki', on: 'AuthnRequest', to: null, times: 1, change: { delivery: 'reset' }, fired: 0 }
const first = { id: 'f1', ...ofWorld, notMade: [] }
const unsigned = { party: 'idp', on: 'LogoutRequest', change: { signature: 'none' } } as const

test.each(both)('a fault is armed, listed with that of the world, and disarmed: %s', async (_how, control) => {
  const armed = await control.faults.arm(unsigned)
  expect(armed).toEqual({ ...unsigned, id: 'f2', to: null, times: 1, fired: 0, notMade: [] })
  const other = await control.faults.arm({ ...unsigned, to: 'urn:one', times: 'always' })
  expect(other).toEqual({ ...armed, id: 'f3', to: 'urn:one', times: 'always' })
  expect(await control.faults.list()).toEqual({ faults: [first, armed, other] })
  expect(await control.faults.disarm('f2')).toBeUndefined()
  expect(await control.faults.list()).toEqual({ faults: [first, other] })
  expect(await control.faults.disarmAll()).toBeUndefined()
  expect(await control.faults.list()).toEqual({ faults: [] })
})

test.each(both)('a fault that is not there is told with the nearest: %s', async (_how, control) => {
  expect(await refusal(control.faults.disarm('f11'))).toMatchObject({
    ...{ status: 404, type: 'noSuchFault', expected: 'f1', actual: 'f11' },
    message: 'there is no fault [f11], did you mean f1?',
  })
  expect(await control.faults.list()).toEqual({ faults: [first] })
})

test.each(both)('a reset tells what never fired, and leaves the faults of the world: %s', async (_how, control) => {
  const armed = await control.faults.arm(unsigned)
  const { session } = await control.idp.signIn({ user: 'alice', to: 'urn:one' })
  const { faults } = await control.faults.list()
  const { unusedFaults } = await control.reset()
  expect([faults, unusedFaults]).toEqual([
    [first, armed],
    [first, armed],
  ])
  expect(await control.faults.list()).toEqual({ faults: [first] })
  expect(session).not.toBe('')
})

const party = 'party: '
test.each([
  [{ party: 'wikki' }, 404, 'noSuchParty', 'party', 'there is no party [wikki], did you mean wiki?'],
  [
    { party: 'es' },
    400,
    'invalid',
    'party',
    `${party}Elasticsearch is never made to misbehave by a fault, though its realm may be configured wrongly; expected one of idp, wiki`,
  ],
  [
    { party: 'app' },
    400,
    'invalid',
    'party',
    `${party}an application writes no SAML, and [app] is one; expected one of idp, wiki`,
  ],
  [
    { on: 'AuthnRequest' },
    400,
    'invalid',
    'on',
    'on: the identity provider writes no AuthnRequest, expected one of LogoutRequest, LogoutResponse, Response',
  ],
  [
    { party: 'wiki', on: 'Response' },
    400,
    'invalid',
    'on',
    'on: a partner writes no Response, expected one of AuthnRequest, LogoutRequest, LogoutResponse',
  ],
  [
    { on: 'Response', change: { delivery: 'twice' } },
    400,
    'invalid',
    'change.delivery',
    'change.delivery: a login is posted once, expected never, status500, reset or {"delayMs":…}',
  ],
  [
    { change: { status: ['Responder'] } },
    400,
    'invalid',
    'change.status',
    'change.status: a LogoutRequest has no status',
  ],
  [
    { party: 'wiki', change: { escapes: 'lower' } },
    400,
    'invalid',
    'change.escapes',
    'change.escapes: a partner, which writes by a library of its own, cannot be made to do this; expected one of signature, key, algorithm, nameId, sessionIndex, relayState, destination, issuer, inResponseTo, status, delivery',
  ],
  [
    { party: 'wiki', change: { signature: 'both' } },
    400,
    'invalid',
    'change.signature',
    'change.signature: a partner cannot be made to do this, expected none or tampered or partial',
  ],
  [
    { party: 'wiki', change: { inResponseTo: 'none' } },
    400,
    'invalid',
    'change.inResponseTo',
    'change.inResponseTo: LogoutRequest answers nothing, expected LogoutResponse',
  ],
])('what nobody could ever have is refused when it is armed: %j', async (given, status, type, path, message) => {
  expect(await refusal(lab.faults.arm({ ...unsigned, ...given } as never))).toMatchObject({
    status,
    type,
    path,
    message,
  })
  expect(await lab.faults.list()).toEqual({ faults: [first] })
})

test('a lab of a server has faults of its own', async () => {
  const inner = await lab.labs.create({ serviceProviders: [{ entityId: 'urn:one', acs, slo }], applications: [] })
  await inner.faults.arm(unsigned)
  expect([await lab.faults.list(), (await inner.faults.list()).faults.length]).toEqual([{ faults: [first] }, 1])
  warnings.length = 0
  await lab.labs.remove(inner.id)
  expect(warnings).toMatchObject([{ code: 'FAULT_UNUSED', fault: 'f1', party: 'idp', on: 'LogoutRequest' }])
})

test.each([
  [{ party: 'wikki' }, 'faults[0].party: there is no party [wikki], did you mean wiki?'],
  [{ on: 'Response', change: { delivery: 'twice' } }, 'faults[0].change.delivery: a login is posted once'],
  [{ change: { signature: 'nome' } }, 'faults[0].change.signature: there is no value [nome], did you mean none?'],
])('a world with a fault that nobody could have does not start: %j', async (given, message) => {
  const faults = [{ ...unsigned, ...given }] as never
  await expect(startLab({ ...world, faults })).rejects.toThrow(message)
})

/** Alice logs in at the partner; answers how the browser that carries her logout is received there. */
async function logOutAtWiki() {
  const { wiki = '' } = lab.partnerUrls
  const { session, form } = await lab.idp.signIn({ user: 'alice', to: wiki })
  await atLoopback(form.action, { method: 'POST', body: new URLSearchParams(form.fields) })
  const { id, url } = await lab.idp.logouts.start({ session })
  const asked = await atLoopback(url)
  const answered = await atLoopback(asked.headers.get('location') ?? '')
  const location = answered.headers.get('location')
  if (location !== null) await atLoopback(location)
  return { text: await answered.text(), logout: await lab.idp.logouts.get(id) }
}

/** Not every system resolves names below localhost. */
function atLoopback(url: string, init: RequestInit = {}): Promise<Response> {
  const { port, pathname, search } = new URL(url)
  return fetch(`http://127.0.0.1:${port}${pathname}${search}`, { ...init, redirect: 'manual' })
}

test('what the IdP sends wrong the partner refuses, and the next is right', async () => {
  await lab.faults.arm(unsigned)
  const [wrong, right] = [await logOutAtWiki(), await logOutAtWiki()]
  expect([wrong.text, wrong.logout.legs[0]?.state]).toEqual([expect.stringContaining('is not signed'), 'asked'])
  expect([right.logout.state, right.logout.legs[0]?.state]).toEqual(['complete', 'answered'])
})

test('what the partner sends wrong the IdP refuses, and the next is right', async () => {
  await lab.faults.arm({ party: 'wiki', on: 'LogoutResponse', change: { signature: 'tampered' } })
  const [wrong, right] = [await logOutAtWiki(), await logOutAtWiki()]
  expect(wrong.logout).toMatchObject({ state: 'partial', legs: [{ state: 'failed' }] })
  expect(right.logout.state).toBe('complete')
})

test('the fault of the world resets the connection of whoever logs in at the partner, once', async () => {
  const { wiki = '' } = lab.partnerUrls
  const cause = await atLoopback(`${wiki}/login`).catch((error: Error) => error.cause)
  expect(cause).toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) })
  expect((await atLoopback(`${wiki}/login`)).status).toBe(302)
})

test('a lab that closes warns of what never fired, and closes all the same', async () => {
  const small = await startLab({ applications: [], faults: [unsigned], log })
  warnings.length = 0
  await small.close()
  expect(warnings).toEqual([{ code: 'FAULT_UNUSED', fault: 'f1', party: 'idp', on: 'LogoutRequest' }])
})
