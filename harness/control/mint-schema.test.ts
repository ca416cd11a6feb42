import { expect, test } from 'vitest'
import { z } from 'zod'
import { plainMessage } from '#server/plain-message'
import { describeIssue } from '../world/describe-issue.ts'
import { mintAnswer, mintRequest } from './mint-schema.ts'

const right = { kind: 'LogoutRequest', to: 'urn:my-app', session: 's' }

function refusalOf(wanted: unknown): string | undefined {
  const [issue] = mintRequest.safeParse(wanted, { error: plainMessage }).error?.issues ?? []
  return issue && describeIssue(issue, mintRequest)
}

test.each([
  [right],
  [{ kind: 'LogoutRequest', to: 'urn:my-app', nameId: { value: 'ä 🦊\nb', format: null }, sessionIndex: null }],
  [{ kind: 'Response', to: 'urn:my-app', nameId: { value: 'a', spNameQualifier: 'q' }, sessionIndex: ['1', '2'] }],
  [{ kind: 'LogoutResponse', to: 'urn:my-app', inResponseTo: null, status: ['Responder', 'urn:own'] }],
  [{ ...right, binding: 'soap', relayState: null, at: '2031-05-04T12:00:00Z', change: {} }],
  [{ ...right, relayState: '' }],
  [{ ...right, relayState: 'é'.repeat(4096) }],
])('takes what the contract names, case %#', (wanted) => {
  expect(mintRequest.parse(wanted)).toEqual(wanted)
})

test.each<[string, object, string]>([
  [
    'kind',
    { kind: 'logoutRequest' },
    'expected one of LogoutRequest, LogoutResponse, Response, found the text "logoutRequest"',
  ],
  ['kind', { kind: undefined }, 'expected one of LogoutRequest, LogoutResponse, Response, found nothing'],
  ['to', { to: 7 }, 'expected a text, found the number 7'],
  ['to', { to: '' }, 'expected a text that is not empty, found an empty text'],
  ['to', { to: 'urn:my app' }, '[urn:my app] is no URI, it has a blank in it'],
  ['to', { to: `urn:${'x'.repeat(1021)}` }, 'an entity id has between 1 and 1024 characters'],
  ['session', { session: ['s'] }, 'expected a text, found a list'],
  ['session', { session: 'a\u0000' }, 'it holds the character U+0000 at position 2, which cannot be written there'],
  ['nameId', { nameId: 'alice' }, 'expected a mapping, found the text "alice"'],
  ['nameId.value', { nameId: {} }, 'expected a text, found nothing'],
  ['nameId.value', { nameId: { value: ' ' } }, 'expected a text, found nothing but blanks'],
  [
    'nameId.value',
    { nameId: { value: '\uD800' } },
    'it holds the character U+D800 at position 1, which cannot be written there',
  ],
  [
    'nameId.value',
    { nameId: { value: 'x'.repeat(4097) } },
    'expected a text of at most 4096 characters, found one of 4097',
  ],
  ['nameId.format', { nameId: { value: 'a', format: 'a b' } }, '[a b] is no URI, it has a blank in it'],
  [
    'nameId.nameQualifier',
    { nameId: { value: 'a', nameQualifier: '' } },
    'expected a text that is not empty, found an empty text',
  ],
  ['nameId.qualifier', { nameId: { value: 'a', qualifier: 'b' } }, 'unknown key, did you mean nameQualifier?'],
  ['sessionIndex', { sessionIndex: 5 }, 'expected a text, a list of at most 100 texts, or null'],
  ['sessionIndex', { sessionIndex: [5] }, 'expected a text, a list of at most 100 texts, or null'],
  ['sessionIndex', { sessionIndex: Array(101).fill('1') }, 'expected a text, a list of at most 100 texts, or null'],
  ['sessionIndex', { sessionIndex: '' }, 'expected a text that is not empty, found an empty text'],
  [
    'sessionIndex[1]',
    { sessionIndex: ['1', '\u0007'] },
    'it holds the character U+0007 at position 1, which cannot be written there',
  ],
  [
    'inResponseTo',
    { inResponseTo: '1 a' },
    'expected the ID of a message, which begins with a letter or _ and has no blank and no colon, found the text "1 a"',
  ],
  [
    'inResponseTo',
    { inResponseTo: 'a\n' },
    'expected the ID of a message, which begins with a letter or _ and has no blank and no colon, found the text "a\\n"',
  ],
  ['nameId.format', { nameId: { value: 'a', format: 'urn:%zz' } }, 'expected a URI, found the text "urn:%zz"'],
  ['status', { status: 'Success' }, 'expected a list, found the text "Success"'],
  ['status', { status: [] }, 'expected at least one status code'],
  ['status', { status: Array(9).fill('Success') }, 'expected at most 8 status codes'],
  ['status[0]', { status: [7] }, 'expected a text, found the number 7'],
  ['binding', { binding: 'artifact' }, 'expected one of redirect, post, soap, found the text "artifact"'],
  ['relayState', { relayState: 5 }, 'expected a text, found the number 5'],
  ['relayState', { relayState: 'a\uDC00' }, 'it holds half of a surrogate pair, which cannot be written in UTF-8'],
  ['relayState', { relayState: 'é'.repeat(4097) }, 'expected a text of at most 8192 octets, found one of 8194'],
  ['at', { at: 1_900_000_000_000 }, 'expected a text, found the number 1900000000000'],
  ['change', { change: 'none' }, 'expected a mapping, found the text "none"'],
  ['sesion', { sesion: 's' }, 'unknown key, did you mean session?'],
])('what is wrong is named with its path: %s, case %#', (path, wrong, says) => {
  expect(refusalOf({ ...right, ...wrong })).toBe(`${path}: ${says}`)
})

test('both schemas can be described to others', () => {
  expect(z.toJSONSchema(mintRequest, { io: 'input' })).toMatchObject({ required: ['kind', 'to'] })
  expect(z.toJSONSchema(mintAnswer)).toMatchObject({ oneOf: [{}, {}, {}] })
})
