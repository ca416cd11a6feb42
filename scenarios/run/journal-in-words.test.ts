import { expect, test } from 'vitest'
import { journalInWords, type ToldEntry, whereTheyPart } from './journal-in-words.ts'

const port = (number: number) => `http://app.localhost:${number}`
const worldAt = (number: number) =>
  ({ parties: [{ name: 'app', entityId: port(number) }], realms: [] }) as unknown as Parameters<
    typeof journalInWords
  >[1]

const refused = {
  ...{ party: 'es', direction: 'received', what: 'LogoutRequest', binding: 'redirect', from: 'idp', to: port(1000) },
  ...{ accepted: false, refusal: { code: 'SAML_SIGNATURE', message: 'm', expected: null, actual: null } },
  ...{ status: [], httpStatus: null, faults: [], wire: { method: 'GET', url: `${port(1000)}/logout?SAMLRequest=a` } },
} satisfies ToldEntry
const inWords = (more: Partial<ToldEntry> = {}, number = 1000) =>
  journalInWords([{ ...refused, ...more }], worldAt(number))[0]

test('a message is told by who noted it, what it is, between whom, and what was made of it', () => {
  expect(inWords()).toBe('es received LogoutRequest by redirect from idp to app refused SAML_SIGNATURE')
})

test('a call is told by its path, without its query and what stands in it', () => {
  const call = { what: 'call', binding: null, accepted: true, refusal: null, httpStatus: 200 } as const
  const wire = { method: 'POST', url: 'http://es.localhost:3/_security/saml/logout?x=1' }
  expect(inWords({ ...call, to: 'es', wire })).toBe(
    'es received call from idp to es POST /_security/saml/logout accepted 200',
  )
})

test('worlds at other ports tell the same, also of who has no name', () => {
  expect(inWords({ to: port(2000), from: 'http://idp.localhost:2001' }, 2000)).toBe(
    inWords({ from: 'http://idp.localhost:1001' }),
  )
})

test.each<Partial<ToldEntry>>([
  { party: 'app' },
  { direction: 'sent' },
  { what: 'LogoutResponse' },
  { binding: 'post' },
  { from: 'es' },
  { to: 'http://wiki.localhost:1000' },
  { accepted: null, refusal: null },
  { accepted: true, refusal: null },
  { refusal: { ...refused.refusal, code: 'SAML_SCHEMA' } },
  { status: ['urn:oasis:names:tc:SAML:2.0:status:Requester'] },
  { httpStatus: 401 },
  { faults: ['badSignature'] },
])('what differs in %j is told otherwise', (more) => {
  expect(inWords(more)).not.toBe(inWords())
})

test('two tellings part at the first line that differs, be it that one has ended', () => {
  expect(whereTheyPart(['a', 'b'], ['a', 'b'])).toBeUndefined()
  expect(whereTheyPart(['a', 'b', 'c'], ['a', 'c', 'b'])).toBe('line 2 is [b] in one, and [c] in the other')
  expect(whereTheyPart(['a'], ['a', 'b'])).toBe('line 2 is [none] in one, and [b] in the other')
})
