import { expect, test } from 'vitest'
import { fakeAgent, fakeWorld } from './fake-world.test-support.ts'
import { runScenario } from './run.ts'
import {
  allSignedIn,
  allSignedOut,
  bringBackCookies,
  open,
  press,
  type Scenario,
  setAsideCookies,
  signedOut,
} from './scenario.ts'

const tokens = { accessToken: 'access1', refreshToken: 'refresh1' }

/** What is true when nothing lives: the steps change nothing in a world of fakes. */
const scenario: Scenario = {
  id: 'test/everything-dead',
  title: 'everything is dead',
  clauses: [],
  steps: [],
  expected: { claim: 'logged out', proven: allSignedOut },
}

/** A world in which the story's only login is the last one that was issued. */
async function tell(story: Scenario, { alive = [], ...sight }: Parameters<typeof fakeAgent>[0] & Alive = {}) {
  const world = await fakeWorld({ alive })
  let asked = 0
  const issuedTokens = () => (asked++ === 0 ? [] : [tokens])
  return runScenario(story, { ...world, issuedTokens }, fakeAgent({ lastPage: 'You are logged out.', ...sight }))
}

interface Alive {
  readonly alive?: readonly string[]
}

test('a scenario that holds has no differences', async () => {
  expect((await tell(scenario)).differences).toEqual([])
})

test.each([
  ['the access token', { alive: ['access1'] }, 'accessToken is alive, expected dead'],
  ['the refresh token', { alive: ['refresh1'] }, 'refreshToken is alive, expected dead'],
  ['the application', { applicationStatus: 200 }, 'application is signedIn, expected signedOut'],
  ['the session at the IdP', { portal: 'Signed in as alice' }, 'idpSession is alive, expected dead'],
  [
    'the claim',
    { lastPage: 'Something failed.' },
    'the last page, http://app.test/last, does not say [logged out] but [Something failed.]',
  ],
])('one difference is told when only %s differs', async (_what, situation, difference) => {
  const { differences, claimed, proven } = await tell(scenario, situation)
  expect(differences).toEqual([difference])
  expect([claimed.url, proven]).toEqual(['http://app.test/last', expect.any(Object)])
})

test('every difference is told, the claim first', async () => {
  const story = { ...scenario, expected: { claim: 'welcome', proven: allSignedIn } }
  expect((await tell(story)).differences).toEqual([
    'the last page, http://app.test/last, does not say [welcome] but [You are logged out.]',
    'application is signedOut, expected signedIn',
    'accessToken is dead, expected alive',
    'refreshToken is dead, expected alive',
    'idpSession is dead, expected alive',
  ])
})

test('what another application is told to be is held against what it is, under its name', async () => {
  const world = await fakeWorld({
    alive: ['access2'],
    applications: ['second'],
    issued: [tokens, { accessToken: 'access2', refreshToken: 'refresh2', application: 'second' }],
  })
  let asked = 0
  const issuedTokens = () => (asked++ === 0 ? [] : world.issuedTokens())
  const story = {
    ...scenario,
    expected: { ...scenario.expected, proven: { ...allSignedOut, others: { second: signedOut } } },
  }
  const agent = fakeAgent({ lastPage: 'logged out' })
  const { differences } = await runScenario(story, { ...world, issuedTokens }, agent)
  expect(differences).toEqual([
    'second: application is signedIn, expected signedOut',
    'second: accessToken is alive, expected dead',
  ])
})

test('tokens that were issued before the story are not of it', async () => {
  const earlier = { accessToken: 'access0', refreshToken: 'refresh0' }
  const world = await fakeWorld({ alive: ['access0', 'refresh0'] })
  let asked = 0
  const issuedTokens = () => (asked++ === 0 ? [earlier] : [earlier, tokens])
  const agent = fakeAgent({ lastPage: 'logged out' })
  expect((await runScenario(scenario, { ...world, issuedTokens }, agent)).differences).toEqual([])
  expect(world.tried).toEqual(['access1', 'refresh1'])
})

test('the steps are taken in their order, where they say', async () => {
  const agent = fakeAgent({})
  const steps = [
    open('application'),
    open('portal'),
    open('logout'),
    open('application', 'second'),
    open('logout', 'second'),
    press('alice'),
    setAsideCookies('application'),
    setAsideCookies('idp'),
    bringBackCookies,
    { kind: 'press-and-spoil', control: 'Log out', spoiling: 'signature-removed' },
  ] as const
  const world = await fakeWorld({ issued: [tokens], applications: ['second'] })
  await runScenario({ ...scenario, steps }, world, agent).catch(() => undefined)
  expect(agent.done).toEqual([
    'open http://app.test/',
    'open http://idp.test/',
    'open http://app.test/logout',
    'open http://second.test/',
    'open http://second.test/logout',
    'press alice',
    'set aside http://app.test',
    'set aside http://idp.test',
    'bring back',
    'catch Log out',
    'open http://app.test/logout?SAMLRequest=a',
  ])
})

test.each<[NonNullable<Scenario['given']>, string]>([
  [
    { applications: [{ name: 'app', profile: 'careful' }] },
    'test/everything-dead is about an application with the profile careful, this one has kibana',
  ],
  [
    { applications: [{ name: 'app' }, { name: 'second' }] },
    'test/everything-dead is about an application [second], this world has app',
  ],
  [
    { applications: [{ name: 'app', selector: true }] },
    'test/everything-dead is about an application with a login selector',
  ],
])('a world that the scenario is not about is refused: %j', async (given, sentence) => {
  const agent = fakeAgent({})
  const running = runScenario({ ...scenario, given, steps: [open('portal')] }, await fakeWorld({}), agent)
  await expect(running).rejects.toThrow(new TypeError(sentence))
  expect(agent.done).toEqual([])
})
