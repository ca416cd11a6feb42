import { expect, test } from 'vitest'
import { describe } from './describe.ts'
import { accepted, refused } from './explained.test-support.ts'
import { coloured } from './inks.ts'

const now = { at: undefined, isItsOwn: false }
const message = { presented: { carrier: 'document', document: '<a/>' }, notes: [] } as const
const alone = { isCapture: false, messages: [message], unread: [] }

test('a message that is refused is told with the rule, what was expected, and what would have made it hold', () => {
  const moment = { at: '2031-05-04T12:00:00Z', isItsOwn: true }
  const one = { message: { ...message, notes: ['joined lines', 'unescaped HTML'] }, moment, explained: refused }
  expect(describe(alone, [one])).toBe(`LogoutRequest by redirect: refused, SAML_SIGNATURE
  the signature does not verify

  Realm  saml1
  ID     _1
  From   https://idp.test
  To     https://sp.test/slo
  At     2031-05-04T12:00:00Z, its own IssueInstant: it is older than a day, and --clock says otherwise
  Note   joined lines
  Note   unescaped HTML

  ✓ readable
  ✗ signedByTheIdp
      the signature does not verify
      expected  ["a",1]
      actual    none\\u001b[31m
      clause    saml-bindings-2.0 §3.4.4.1
      hint      it verifies with upper-case escapes
  – inResponseTo: nobody said what is pending

  Would invalidate no pair of tokens. Nearest:
    7c1e differs in spNameQualifier, sessionIndex
`)
})

test('a message that is accepted is told in few lines', () => {
  const one = { message, moment: now, explained: { ...accepted, wouldInvalidate: 2, nearest: [] } }
  expect(describe(alone, [one])).toBe(`LogoutRequest by redirect: accepted

  ID    _1
  From  https://idp.test
  To    https://sp.test/slo

  ✓ readable

  Would invalidate 2 pairs of tokens.
`)
})

test('the messages of a capture are counted, with their places, and what could not be read stands at the end', () => {
  const explained = { ...accepted, kind: null, binding: null, id: null, from: null, to: null }
  const capture = { isCapture: true, messages: [message, message], unread: ['it ends in the middle, at byte 7'] }
  const text = describe(capture, [
    { message: { ...message, where: 'request 1, GET https://sp.test/slo' }, moment: now, explained },
    { message: { ...message, where: 'request 2, GET https://sp.test/slo' }, moment: now, explained: refused },
  ])
  expect(text).toMatch(
    /^1\. A message that cannot be read: accepted\n\n {2}Seen {2}request 1, GET https:\/\/sp\.test\/slo\n/,
  )
  expect(text).toContain('\n\n2. LogoutRequest by redirect: refused, SAML_SIGNATURE\n')
  expect(text).toMatch(/\n\n2 messages, 1 refused\.\n\nNot read: it ends in the middle, at byte 7\n$/)
})

test('colours say nothing that the words do not', () => {
  const one = { message, moment: now, explained: refused }
  const text = describe(alone, [one], coloured)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what colours are made of
  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(describe(alone, [one]))
  expect(text).toContain('\u001b[31m✗\u001b[0m')
})
