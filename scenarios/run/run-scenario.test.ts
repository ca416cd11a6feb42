import { expect, test } from 'vitest'
import type { IssuedTokens } from '../../harness/index.ts'
import { allSignedIn, allSignedOut, neverSignedIn, signedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { open } from '../scenario/steps.ts'
import { fakeBrowsers, fakeLab, fakeNode } from './fake-stage.test-support.ts'
import { runScenario } from './run-scenario.ts'

const tokens = { accessToken: 'access1', refreshToken: 'refresh1', refreshed: [] }

/** What is true when nothing lives: the steps change nothing in a world of fakes. */
const scenario: Scenario = {
  id: 'test/everything-dead',
  title: 'everything is dead',
  clauses: [],
  steps: [open('application')],
  expected: { claim: 'logged out', proven: { ...allSignedOut } },
}

interface Situation extends NonNullable<Parameters<typeof fakeBrowsers>[0]> {
  readonly alive?: readonly string[]
  readonly before?: readonly IssuedTokens[]
  readonly issued?: readonly IssuedTokens[]
  readonly more?: object
}

/** In a world in which the story's step brings these logins. */
async function tell(
  story: Scenario,
  { alive = [], before = [], issued = [tokens], more = {}, ...sight }: Situation = {},
) {
  const { tried, ...node } = await fakeNode({ alive })
  let asked = 0
  const issuedTokens = () => (asked++ === 0 ? before : [...before, ...issued])
  const { lab } = fakeLab({
    ...node,
    applicationUrls: { app: 'http://app.test' },
    partnerUrls: {},
    issuedTokens,
    ...more,
  })
  const { open: openBrowser, done } = fakeBrowsers({ page: 'You are logged out.', ...sight })
  return { ...(await runScenario(story, { lab, openBrowser })), tried, done }
}

test('a scenario that holds has no differences, and its browsers are closed', async () => {
  const { differences, done } = await tell(scenario)
  expect(differences).toEqual([])
  expect(done).toEqual(['browser 1 first, open, http://app.test/', 'browser 1, close'])
})

test.each([
  ['the access token', { alive: ['access1'] }, 'accessToken is alive, expected dead'],
  ['the refresh token', { alive: ['refresh1'] }, 'refreshToken is alive, expected dead'],
  ['the application', { applicationStatus: 200 }, 'application is signedIn, expected signedOut'],
  ['the session at the IdP', { portal: 'Signed in as alice' }, 'idpSession is alive, expected dead'],
  [
    'the claim',
    { page: 'Something failed.' },
    'the last page, http://app.test/page, does not say [logged out] but [Something failed.]',
  ],
])('one difference is told when only %s differs', async (_what, situation, difference) => {
  const { differences, claimed, proven } = await tell(scenario, situation)
  expect(differences).toEqual([difference])
  expect([claimed.url, proven]).toEqual(['http://app.test/page', expect.any(Object)])
})

test('every difference is told, the claim first', async () => {
  const story = { ...scenario, expected: { claim: 'welcome', proven: allSignedIn } }
  expect((await tell(story)).differences).toEqual([
    'the last page, http://app.test/page, does not say [welcome] but [You are logged out.]',
    'application is signedOut, expected signedIn',
    'accessToken is dead, expected alive',
    'refreshToken is dead, expected alive',
    'idpSession is dead, expected alive',
  ])
})

test('what another application is told to be is held against what it is, under its name', async () => {
  const applicationUrls = { app: 'http://app.test', second: 'http://second.test' }
  const issued = [tokens, { accessToken: 'access2', refreshToken: 'refresh2', refreshed: [], application: 'second' }]
  const expected = { ...scenario.expected, proven: { ...allSignedOut, others: { second: signedOut } } }
  const { differences } = await tell(
    { ...scenario, expected },
    { issued, alive: ['access2'], more: { applicationUrls } },
  )
  expect(differences).toEqual(['second: accessToken is alive, expected dead'])
})

test('tokens that were issued before the story are not of it', async () => {
  const before = [{ accessToken: 'access0', refreshToken: 'refresh0', refreshed: [] }]
  const { differences, tried } = await tell(scenario, { before, alive: ['access0', 'refresh0'] })
  expect(differences).toEqual([])
  expect(tried).toEqual(['access1', 'refresh1'])
})

test('a fault that never acted, and a lie that nobody expected, are differences, the lie being told apart', async () => {
  const facts = { application: 'signedIn', accessToken: 'dead', refreshToken: 'dead' }
  const participants = [{ party: 'wiki', name: 'wiki', claimed: 'ended', proven: 'alive', facts }]
  const { differences, lies } = await tell(scenario, {
    more: {
      faults: { list: async () => ({ faults: [{ on: 'LogoutRequest', to: 'urn:app', change: {}, fired: 0 }] }) },
      idp: { logouts: { list: async () => ({ logouts: [{ id: '_1' }] }) } },
      ledger: async () => ({ participants }),
    },
  })
  const lie = 'wiki claims that the session ended, and it has not: application is signedIn'
  expect(differences).toEqual([
    lie,
    'the fault {} never acted: there was no LogoutRequest to urn:app on which it could',
  ])
  expect(lies).toEqual([lie])
})

test('where nothing is expected of it nothing is probed', async () => {
  const { differences, proven, tried } = await tell({ ...scenario, expected: {} })
  expect({ differences, proven, tried }).toEqual({ differences: [], proven: undefined, tried: [] })
})

test('a browser that signs in nowhere has no tokens', async () => {
  const proven = { ...neverSignedIn, idpSession: 'dead' } as const
  expect((await tell({ ...scenario, expected: { proven } }, { issued: [] })).differences).toEqual([])
})

test('a scenario about another world, or about a network, is refused before a step is taken', async () => {
  const { open: openBrowser, done } = fakeBrowsers()
  const { lab } = fakeLab()
  const careful = { applications: [{ name: 'app', profile: 'careful' as const }] }
  await expect(runScenario({ ...scenario, given: careful }, { lab, openBrowser })).rejects.toThrow(
    new TypeError('test/everything-dead is about an application with the profile careful, this one has kibana'),
  )
  const conditions = { network: [{ to: 'app', does: { status: 500 } }] }
  await expect(runScenario({ ...scenario, conditions }, { lab, openBrowser })).rejects.toThrow(
    new TypeError('test/everything-dead is about a network, which has to be there when its world starts'),
  )
  expect(done).toEqual([])
})
