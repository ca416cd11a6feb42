import fc from 'fast-check'
import { expect, test } from 'vitest'
import { controlledIdp } from './control.test-support.ts'
import type { Row } from './operation.ts'
import { table } from './table.ts'

const acs = 'http://sp.test/acs'
const sp = '/_sloop/idp/service-providers'
const sessions = '/_sloop/idp/sessions'
const logouts = '/_sloop/idp/logouts'
const behaviour = '/_sloop/idp/behaviour'
const text = 'expected a text, found'
const clock = '/_sloop/clocks/idp'
const tokens = '/_sloop/es/tokens'
const idpPlace = { name: 'idp', role: 'idp', url: 'http://idp.localhost:7070' } as const
const faults = '/_sloop/faults'
const unsigned = { party: 'idp', on: 'LogoutRequest', change: { signature: 'none' } }
const alice = { realm: 'saml1', username: 'alice' }

const wrong: readonly (readonly [method: string, path: string, given: unknown, field: string, says: string])[] = [
  ['PUT', '/_sloop/idp/users/dana', { name: 'bob' }, 'name', 'the path says [dana]'],
  ['PUT', '/_sloop/idp/users/dana', { name: 7 }, 'name', `${text} the number 7`],
  ['PUT', '/_sloop/idp/users/dana', { email: '' }, 'email', 'expected a text that is not empty, found an empty text'],
  ['PUT', '/_sloop/idp/users/dana', { email: 'a\u0000b' }, 'email', 'it holds the character U+0000 at position 2'],
  ['PUT', '/_sloop/idp/users/dana', { displayName: '\ud800' }, 'displayName', 'it holds the character U+D800'],
  ['PUT', '/_sloop/idp/users/dana', { groups: 'staff' }, 'groups', 'expected a list, found the text "staff"'],
  ['PUT', '/_sloop/idp/users/dana', { groups: [1] }, 'groups[0]', `${text} the number 1`],
  ['PUT', '/_sloop/idp/users/dana', { groups: ['a\nb'] }, 'groups[0]', 'it holds the character U+000A'],
  ['PUT', '/_sloop/idp/users/dana', { attributes: [] }, 'attributes', 'expected a mapping, found a list'],
  ['PUT', '/_sloop/idp/users/dana', { attributes: { a: 'b' } }, 'attributes.a', 'expected a list, found the text "b"'],
  ['PUT', '/_sloop/idp/users/dana', { group: [] }, 'group', 'unknown key, did you mean groups?'],
  ['POST', sp, {}, 'entityId', `${text} nothing; or metadata in its place`],
  ['POST', sp, { entityId: 'urn:a b', acs }, 'entityId', '[urn:a b] is no URI'],
  ['POST', sp, { entityId: 'urn:a', acs: 'sp.xml' }, 'acs', 'expected an address that begins with http:// or https://'],
  ['POST', sp, { entityId: 'urn:a', acs: 'javascript:1' }, 'acs', 'expected an address that begins with http://'],
  ['POST', sp, { entityId: 'urn:a', acs, slo: 'file:///x' }, 'slo', 'expected an address that begins with http://'],
  ['POST', sp, { entityId: 'urn:a', acs, logoutBy: 'pots' }, 'logoutBy', 'expected one of redirect, post, soap, found'],
  ['POST', sp, { entityId: 'urn:a', acs, certificates: ['sp.crt'] }, 'certificates[0]', 'no file is read here'],
  ['POST', sp, { metadata: '/etc/passwd' }, 'metadata', 'no file is read here'],
  ['POST', sp, { metadata: '../my-sp.xml' }, 'metadata', 'no file is read here'],
  ['POST', sp, { metadata: 'http://127.0.0.1:1/sp' }, 'metadata', 'connection refused'],
  ['POST', sp, { metadata: '<nothing/>' }, 'metadata', 'nothing'],
  ['POST', sp, { metadata: '<!DOCTYPE a><a/>' }, 'metadata', 'DOCTYPE'],
  ['POST', sp, { metadata: '<a/>', acs }, 'acs', 'the metadata says this already'],
  ['POST', sp, { entityId: 'urn:a', acs, encrypt: 'assertion' }, 'encrypt', 'key'],
  ['POST', sp, { entityId: 'urn:a', acs, skewSeconds: -1 }, 'skewSeconds', 'expected a number of at least 0'],
  ['POST', sp, { entityId: 'urn:a', acs, tolerate: ['unsinged'] }, 'tolerate[0]', 'expected one of longRelayState'],
  ['POST', sessions, {}, 'user', `${text} nothing; or session in its place`],
  ['POST', sessions, { user: 'alice' }, 'to', `${text} nothing; or authnRequest in its place`],
  ['POST', sessions, { user: 'alice', session: 's', to: 'urn:sp' }, 'session', 'user says this already'],
  ['POST', sessions, { user: 'alice', to: 'urn:sp', authnRequest: 'x' }, 'authnRequest', 'to says this already'],
  ['POST', sessions, { user: ['alice'], to: 'urn:sp' }, 'user', `${text} a list`],
  ['POST', sessions, { user: 'alice', to: 'urn:sp', inResponseTo: 'a\u0007' }, 'inResponseTo', 'U+0007'],
  ['POST', sessions, { user: 'alice', to: 'urn:sp', relayState: {} }, 'relayState', `${text} a mapping`],
  ['POST', sessions, { user: 'alice', authnRequest: 'x', relayState: 'r' }, 'relayState', 'the authnRequest says this'],
  [
    'POST',
    sessions,
    { user: 'alice', to: 'urn:sp', change: { signature: 'nome' } },
    'change.signature',
    'did you mean none?',
  ],
  ['POST', sessions, { user: 'alice', to: 'urn:sp', inresponseTo: 'x' }, 'inresponseTo', 'did you mean inResponseTo?'],
  ['POST', logouts, {}, 'session', `${text} nothing; or user in its place`],
  ['POST', logouts, { user: 'alice', to: 'urn:sp' }, 'to', 'expected a list, found the text "urn:sp"'],
  ['PATCH', behaviour, { propagation: 'frame' }, 'propagation', 'expected one of chain, frames, found'],
  ['PATCH', behaviour, { onfailure: 'stop' }, 'onfailure', 'unknown key, did you mean onFailure?'],
  ['PATCH', behaviour, { participantTimeoutSeconds: 0 }, 'participantTimeoutSeconds', 'expected a number above 0'],
  ['PATCH', behaviour, { participantTimeoutSeconds: 1e9 }, 'participantTimeoutSeconds', 'a number of at most 86400'],
  ['PATCH', behaviour, { session: null }, 'session', 'found nothing'],
  ['PATCH', behaviour, { singleLogout: [{}] }, 'singleLogout[0].binding', 'expected one of redirect, post, soap'],
  ['PATCH', behaviour, { tolerate: 'unsigned' }, 'tolerate', 'expected a list'],
  ['POST', '/_sloop/idp/keys', { publish: 'bot' }, 'publish', 'expected one of both, newOnly, announce'],
  ['PUT', clock, { shiftMs: '5' }, 'shiftMs', 'expected a number, found the text "5"'],
  ['PUT', clock, { shiftMs: 1e300 }, 'shiftMs', 'expected a number of at most 1577880000000'],
  ['PUT', clock, { frozenAt: 'noon' }, 'frozenAt', 'expected an instant such as 2026-01-01T00:00:00Z'],
  ['PUT', clock, { frozenAt: '3000-01-01T00:00:00Z' }, 'frozenAt', 'expected an instant of the years 1970 to 2999'],
  ['PUT', clock, { advanceMs: 0.5 }, 'advanceMs', 'expected a whole number'],
  ['PUT', clock, { advanceMs: -1e13 }, 'advanceMs', 'expected a number of at least -1577880000000'],
  ['PUT', clock, { shiftms: 5 }, 'shiftms', 'unknown key, did you mean shiftMs?'],
  ['POST', tokens, { username: 'alice' }, 'realm', `${text} nothing`],
  ['POST', tokens, { ...alice, realm: '' }, 'realm', 'expected a text that is not empty'],
  ['POST', tokens, { ...alice, username: 'a\u0000' }, 'username', 'it holds the character U+0000'],
  ['POST', tokens, { ...alice, nameId: '_1' }, 'nameId', 'expected a mapping, found the text "_1"'],
  ['POST', tokens, { ...alice, nameId: {} }, 'nameId.value', `${text} nothing`],
  ['POST', tokens, { ...alice, nameId: { value: 'a', format: 7 } }, 'nameId.format', `${text} the number 7`],
  ['POST', tokens, { ...alice, sessionIndex: ['_1'] }, 'sessionIndex', `${text} a list`],
  ['POST', tokens, { ...alice, sessionindex: '_1' }, 'sessionindex', 'unknown key, did you mean sessionIndex?'],
  ['GET', '/_sloop/ledger', undefined, 'logout', `${text} nothing; or user in its place`],
  ['GET', '/_sloop/ledger?logout=_1&user=alice', undefined, 'user', 'logout says this already'],
  ['GET', '/_sloop/ledger?user=', undefined, 'user', 'expected a text that is not empty'],
  ['GET', '/_sloop/ledger?user=a%00', undefined, 'user', 'it holds the character U+0000'],
  ['GET', '/_sloop/ledger?logut=_1', undefined, 'logut', 'unknown key, did you mean logout?'],
  ['PATCH', '/_sloop/partners/wiki', {}, 'temper', 'expected one of polite, slow,'],
  ['PATCH', '/_sloop/partners/wiki', { temper: 'lieing' }, 'temper', 'expected one of polite, slow,'],
  ['PATCH', '/_sloop/partners/wiki', { tempr: 'lying' }, 'tempr', 'unknown key, did you mean temper?'],
  ['POST', faults, { ...unsigned, party: undefined }, 'party', `${text} nothing`],
  ['POST', faults, { ...unsigned, party: ['idp'] }, 'party', `${text} a list`],
  ['POST', faults, { ...unsigned, party: 'es' }, 'party', 'Elasticsearch is never made to misbehave by a fault'],
  ['POST', faults, { ...unsigned, on: 'LogoutReqest' }, 'on', 'expected one of AuthnRequest, LogoutRequest,'],
  ['POST', faults, { ...unsigned, on: 'AuthnRequest' }, 'on', 'the identity provider writes no AuthnRequest'],
  ['POST', faults, { ...unsigned, to: 'urn:a b' }, 'to', '[urn:a b] is no URI'],
  ['POST', faults, { ...unsigned, to: 7 }, 'to', `${text} the number 7`],
  ['POST', faults, { ...unsigned, times: 0 }, 'times', 'expected a number of at least 1, found the number 0'],
  ['POST', faults, { ...unsigned, times: 'allways' }, 'times', 'expected a whole number from 1 to 1000000, or always'],
  ['POST', faults, { ...unsigned, times: 1.5 }, 'times', 'expected a whole number from 1 to 1000000, or always'],
  ['POST', faults, { ...unsigned, change: 'none' }, 'change', 'expected a mapping, found the text "none"'],
  ['POST', faults, { ...unsigned, change: {} }, 'change', 'expected at least one change, found none'],
  ['POST', faults, { ...unsigned, change: { signatur: 'none' } }, 'change.signatur', 'did you mean signature?'],
  ['POST', faults, { ...unsigned, change: { delivery: 'nevr' } }, 'change.delivery', 'did you mean never?'],
  ['POST', faults, { ...unsigned, change: { delivery: { delayMs: -1 } } }, 'change.delivery.delayMs', 'at least 0'],
  ['POST', faults, { ...unsigned, change: { status: 'none' } }, 'change.status', 'a LogoutRequest has no status'],
  ['POST', faults, { ...unsigned, wehn: 1 }, 'wehn', 'unknown key'],
  ['GET', `${faults}?party=idp`, undefined, 'party', 'unknown key'],
  ['POST', '/_sloop/reset', { all: true }, 'all', 'unknown key'],
]

test.each(wrong)(
  '%s %s %j is refused by its path, and nothing has changed',
  async (method, path, given, field, says) => {
    const { call, idp, parties } = await controlledIdp({ places: [idpPlace] })
    const before = [await stateOf(idp), parties.clocks.all(), await parties.faults.list()]
    const { status, body } = await call(path, { method, json: given })
    expect([status, body.error.type, body.error.path]).toEqual([400, 'invalid', field])
    expect(body.error.message).toContain(says)
    expect(body.error.message.startsWith(`${field}: `)).toBe(true)
    expect([await stateOf(idp), parties.clocks.all(), await parties.faults.list()]).toEqual(before)
  },
)

async function stateOf(idp: Awaited<ReturnType<typeof controlledIdp>>['idp']) {
  const state = await idp.state()
  const lists = [state.listUsers(), state.listServiceProviders(), await state.listSessions(), await state.listLogouts()]
  return [...lists, state.behaviour(), state.listKeys()]
}

test.each([
  ['no JSON', { body: '{"user":', headers: { 'content-type': 'application/json' } }, 400, 'notJson'],
  [
    'no UTF-8',
    { body: new Uint8Array([0x7b, 0xff, 0x7d]), headers: { 'content-type': 'application/json' } },
    400,
    'notJson',
  ],
  ['no mapping', { json: [] }, 400, 'invalid'],
  [
    'a form',
    { body: 'user=alice', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    415,
    'unsupportedMediaType',
  ],
  ['a text', { body: '{}', headers: { 'content-type': 'text/plain' } }, 415, 'unsupportedMediaType'],
  ['XML', { body: '<a/>', headers: { 'content-type': 'application/xml' } }, 415, 'unsupportedMediaType'],
  ['more than 1 MiB', { json: { user: 'a'.repeat(1024 * 1024) } }, 413, 'tooLarge'],
])('a body that is %s is refused', async (_what, given, status, type) => {
  const { call } = await controlledIdp()
  const answer = await call(sessions, { method: 'POST', ...given })
  expect([answer.status, answer.body.error.type]).toEqual([status, type])
})

test('a mebibyte of brackets is refused like any other list', async () => {
  const { call } = await controlledIdp()
  const body = `{"user":${'['.repeat(400_000)}${']'.repeat(400_000)}}`
  const answer = await call(sessions, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
  expect([answer.status, answer.body.error]).toEqual([
    400,
    {
      type: 'invalid',
      message: 'user: expected a text, found a list',
      path: 'user',
      expected: 'a text',
      actual: 'a list',
    },
  ])
})

test('whatever comes to whatever route, it is never answered with a mistake of ours', async () => {
  const { request } = await controlledIdp({ places: [idpPlace] })
  // What streams would be read for ever where it is asked rightly.
  const rows = Object.values<Row>(table).filter(({ path, streams }) => path !== '/ready' && streams !== true)
  const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
  const call = fc.record({
    row: fc.constantFrom(...rows),
    method: fc.option(fc.constantFrom(...methods), { nil: undefined }),
    key: fc.oneof(fc.string({ unit: 'binary' }).map(escaped), fc.webSegment(), fc.constantFrom('alice', '%ZZ', '%00')),
    given: fc.oneof(
      fc.json(),
      fc.string(),
      fc.object({ key: fc.constantFrom(...fields) }).map((o) => JSON.stringify(o)),
    ),
    type: fc.constantFrom('application/json', 'application/xml', 'text/plain', ''),
  })
  await fc.assert(
    fc.asyncProperty(call, async ({ row, method = row.method, key, given, type }) => {
      const path = `/_sloop${row.path.replace(/\{\w+\}/, () => key)}`
      const body = method === 'GET' ? {} : { body: given }
      const answer = await request(path, { method, headers: { 'content-type': type }, ...body })
      expect(answer.status).toBeLessThan(500)
      const said = await answer.text()
      if (answer.status >= 400)
        expect(JSON.parse(said).error).toMatchObject({ type: expect.stringMatching(/^[a-z]+([A-Z][a-z]+)*$/) })
    }),
    { numRuns: 400 },
  )
}, 60_000)

const fields = [
  'user',
  'to',
  'session',
  'authnRequest',
  'change',
  'relayState',
  'metadata',
  'entityId',
  'acs',
  'tolerate',
  'publish',
  'name',
  'groups',
  'attributes',
  'shiftMs',
  'frozenAt',
  'advanceMs',
  'temper',
  'party',
  'on',
  'times',
  '__proto__',
]

function escaped(text: string): string {
  try {
    return encodeURIComponent(text)
  } catch {
    return 'lone-surrogate'
  }
}
