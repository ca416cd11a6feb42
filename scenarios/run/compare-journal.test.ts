import { expect, test } from 'vitest'
import {
  callsLogout,
  completesLogout,
  type ExpectedCall,
  type ExpectedEntry,
  invalidates,
  refusesCompletion,
  refusesInvalidate,
} from '../scenario/expected.ts'
import { callDifferences, entryDifferences } from './compare-journal.ts'
import { fakeBrowsers, fakeLab } from './fake-stage.test-support.ts'
import type { Entry } from './newest-entry.ts'
import { createStage } from './stage.ts'

const entry = (facts: object) => ({ party: 'es', ...facts }) as unknown as Entry
const call = (api: string, httpStatus = 200, code?: string) =>
  entry({
    ...{ what: 'call', httpStatus, wire: { method: 'POST', url: `http://es.test/_security/saml/${api}` } },
    refusal: code === undefined ? null : { code },
  })
const ended = (count: number, endedBy = 'samlInvalidate') => entry({ what: 'tokensEnded', count, endedBy })

const compare = (wanted: readonly ExpectedCall[] | undefined, entries: readonly Entry[], isRecent = true) =>
  callDifferences(wanted, { entries, isRecent })

test('calls to logout APIs are held against those that are expected, in their order, and others are passed over', () => {
  const entries = [call('authenticate'), call('logout'), ended(1), call('invalidate'), call('complete_logout')]
  expect(compare([callsLogout, invalidates(1), completesLogout], entries)).toEqual([])
  expect(compare(undefined, entries)).toEqual([])
  expect(compare([callsLogout, completesLogout], entries)).toEqual([
    'call 2 to a logout API is invalidate, answered by 200, expected complete_logout, answered by 200',
    'call 3 to a logout API is complete_logout, answered by 200, expected none',
  ])
  expect(compare([callsLogout], [])).toEqual(['call 1 to a logout API is none, expected logout, answered by 200'])
})

test('an invalidate is held against the pairs of tokens that it ended itself', () => {
  const twice = [ended(2), call('invalidate'), ended(1, 'samlLogout'), call('invalidate')]
  expect(compare([invalidates(2), invalidates(0)], twice)).toEqual([])
  expect(compare([invalidates(2), invalidates(1)], twice)).toEqual([
    'call 2 to a logout API is invalidate, answered by 200, which ended 0 pairs of tokens, expected invalidate, answered by 200, which ended 1 pairs of tokens',
  ])
})

test.each<[ExpectedCall, boolean, number]>([
  [refusesInvalidate('SAML_SIGNATURE'), true, 401],
  [refusesInvalidate('SAML_SIGNATURE'), false, 500],
  [refusesInvalidate('SAML_XML', 400), true, 401],
  [refusesInvalidate('SAML_XML', 400), false, 400],
  [{ ...refusesCompletion('NO_REALM'), status: 404 }, false, 404],
])('%j is refused (recent: %s) by %i, and by nothing else', (wanted, isRecent, status) => {
  const { api, refused } = wanted
  expect(compare([wanted], [call(api, status, refused)], isRecent)).toEqual([])
  expect(compare([wanted], [call(api, status + 1, refused)], isRecent)).toEqual([
    `call 1 to a logout API is ${api}, refused by ${status + 1} with ${refused}, expected ${api}, refused by ${status} with ${refused}`,
  ])
  expect(compare([wanted], [call(api, status, 'OTHER')], isRecent)).toEqual([expect.stringContaining('with OTHER')])
})

const sent = (to: string, url: string) => ({ what: 'LogoutRequest', party: 'idp', to, wire: { url, body: null } })
const entries = [sent('urn:app', 'http://app.test/?a=%2b'), sent('urn:app', 'http://app.test/?b'), sent('urn:wiki', '')]
const stage = createStage(fakeLab({ journal: { read: async () => ({ entries, next: 3 }) } }).lab, {
  openBrowser: fakeBrowsers().open,
})
const toApp = { what: 'LogoutRequest', to: 'app' }

test.each<[ExpectedEntry, readonly string[]]>([
  [{ match: toApp }, []],
  [{ match: toApp, times: 2 }, []],
  [{ match: toApp, wire: '%2b', times: 1 }, []],
  [{ match: { what: 'LogoutResponse' }, times: 0 }, []],
  [{ match: { what: 'LogoutRequest' }, times: 3 }, []],
  [{ match: toApp, times: 1 }, ['the journal has 2 entries like {"what":"LogoutRequest","to":"app"}, expected 1']],
  [
    { match: toApp, wire: '%2B' },
    ['the journal has 0 entries like {"what":"LogoutRequest","to":"app"} with [%2B] in it, expected at least one'],
  ],
])('of the entry %j the journal says %j', async (wanted, differences) => {
  expect(await entryDifferences([wanted], stage)).toEqual(differences)
})
