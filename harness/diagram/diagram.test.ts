import { expect, test } from 'vitest'
import type { JournalEntry } from '../journal/entry-schema.ts'
import { makeDiagram } from './diagram.ts'
import { entriesOf, participants, received, sent } from './entry.test-support.ts'
import { mostLanes } from './lanes.ts'

test('applications stand between Elasticsearch and the IdP, and whoever is none of ours at the end by his host', () => {
  const { lanes } = makeDiagram(entriesOf({ ...sent, to: 'https://crm.test/metadata' }), participants)
  expect(lanes.map(({ name, role }) => `${name} ${role}`)).toEqual([
    'es es',
    'app app',
    'idp idp',
    'wiki partner',
    'crm.test stranger',
  ])
})

test('a message that both sides tell of is one arrow, with the verdict of who read it', () => {
  const refusal = { code: 'SAML_UNSIGNED', message: 'Logout request is not signed', expected: null, actual: null }
  const signature = { state: 'none', algorithm: null } as const
  const { rows } = makeDiagram(entriesOf(sent, { ...received, accepted: false, refusal, signature }), participants)
  expect(rows).toEqual([
    {
      kind: 'message',
      seq: 1,
      at: '2031-05-04T12:00:00.000Z',
      label: 'LogoutRequest',
      details: ['redirect', 'unsigned', 'alice'],
      from: 2,
      to: 1,
      verdict: 'refused',
      refusal,
      faults: [],
    },
  ])
})

test('what was only sent nobody has judged', () => {
  const { rows } = makeDiagram(entriesOf(sent), participants)
  expect(rows).toMatchObject([{ verdict: 'unjudged', refusal: undefined }])
})

test('a call is one arrow from the application that made it, and from a client where no application tells of it', () => {
  const wire = { method: 'POST', url: '/_security/saml/invalidate', body: null }
  const call = { what: 'call', wire, httpStatus: 200, accepted: true, to: 'es' } as const
  const byNode = { ...call, party: 'es', direction: 'received' } as const
  const byApplication = { ...call, party: 'app', direction: 'sent', from: 'app' } as const
  const { lanes, rows } = makeDiagram(entriesOf(byNode, byApplication, byNode), participants)
  expect(rows.map((row) => 'from' in row && [lanes[row.from]?.name, lanes[row.to]?.name, row.label])).toEqual([
    ['app', 'es', 'POST /_security/saml/invalidate'],
    ['a client', 'es', 'POST /_security/saml/invalidate'],
  ])
})

test('a fault is told at the message that it changed, and by a mark where there is none', () => {
  const faulty = { ...sent, faults: ['f1'] }
  const { rows } = makeDiagram(
    entriesOf(faulty, { what: 'fault', faults: ['f1'] }, { what: 'fault', faults: ['f2'] }),
    participants,
  )
  expect(rows).toMatchObject([
    { kind: 'message', faults: ['f1'] },
    { kind: 'fault', label: 'fault f2', seq: 3 },
  ])
})

test('what ended is a mark at whom it ended', () => {
  const ended = { what: 'tokensEnded', party: 'es', user: 'alice', count: 1, endedBy: 'samlInvalidate' } as const
  const { rows } = makeDiagram(entriesOf(ended), participants)
  expect(rows).toMatchObject([
    { kind: 'ended', lane: 0, label: '1 pair of tokens ended', details: ['alice', 'by samlInvalidate'] },
  ])
})

test.each<[number, JournalEntry['tokens'], string]>([
  [1, ['refresh'], '1 refresh token ended'],
  [2, ['access'], '2 access tokens ended'],
  [2, ['refresh', 'access'], '2 pairs of tokens ended'],
  [2, [], '2 pairs of tokens ended'],
])('of %i pairs, of which ended %j, it says %j', (count, tokens, label) => {
  const ended = { what: 'tokensEnded', party: 'es', count, tokens } as const
  expect(makeDiagram(entriesOf(ended), participants).rows).toMatchObject([{ kind: 'ended', label }])
})

test('who comes when there is no room any more shares the last lane', () => {
  const many = Array.from({ length: 20 }, (_, index) => ({ ...sent, id: `_${index}`, to: `urn:stranger:${index}` }))
  const { lanes, rows } = makeDiagram(entriesOf(...many), participants)
  expect([lanes.length, lanes.at(-1)?.name]).toEqual([mostLanes, 'others'])
  expect(rows.at(-1)).toMatchObject({ to: mostLanes - 1 })
  expect(rows[0]).toMatchObject({ to: 4 })
})
