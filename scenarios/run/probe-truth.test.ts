import { expect, test } from 'vitest'
import type { IssuedTokens } from '../../harness/index.ts'
import { addresses, fakeBrowsers, fakeNode } from './fake-stage.test-support.ts'
import { probeTruth } from './probe-truth.ts'

const first = { accessToken: 'access1', refreshToken: 'refresh1', refreshed: [] }
const second = { accessToken: 'access2', refreshToken: 'refresh2', refreshed: [] }

const refreshedLogin = { ...first, refreshed: [{ accessToken: 'access3', refreshToken: 'refresh3' }] }

interface Told {
  readonly logins?: readonly IssuedTokens[]
  readonly sight?: Parameters<typeof fakeBrowsers>[0]
  readonly node?: Parameters<typeof fakeNode>[0]
}

/** What is found of a world with one application. */
async function probe({ logins = [first], sight = {}, node = {} }: Told) {
  const { tried, ...es } = await fakeNode(node)
  const lab = { ...addresses, applicationUrls: { app: addresses.appUrl }, partnerUrls: {}, ...es }
  const browser = await fakeBrowsers(sight).open({})
  const browsers = new Map([['first', browser]])
  const truth = await probeTruth({ lab, browsers, browser: async () => browser, loginsIn: () => logins })
  return { truth, tried }
}

// cases/sabotage H2: a probe that looks at the first login only was seen by no test.
test.each([
  ['the first', ['access1', 'refresh1'], ['alive', 'alive']],
  ['the second', ['access2', 'refresh2'], ['alive', 'alive']],
  ['only the access token of the second', ['access2'], ['alive', 'dead']],
  ['only the refresh token of the second', ['refresh2'], ['dead', 'alive']],
  ['none', [], ['dead', 'dead']],
])('of two logins %s is alive', async (_which, alive, [access, refresh]) => {
  const { truth } = await probe({ logins: [first, second], node: { alive } })
  expect([truth.accessToken, truth.refreshToken]).toEqual([access, refresh])
})

test('every token is tried once, refresh tokens last', async () => {
  const { tried } = await probe({ logins: [first, second] })
  expect(tried.slice(0, 2).toSorted()).toEqual(['access1', 'access2'])
  expect(tried.slice(2).toSorted()).toEqual(['refresh1', 'refresh2'])
})

test.each([
  ['its access token', ['access3'], ['alive', 'dead']],
  ['its refresh token', ['refresh3'], ['dead', 'alive']],
])('the pair that a refresh gave a login is tried too: %s is alive', async (_which, alive, [access, refresh]) => {
  const { truth } = await probe({ logins: [refreshedLogin], node: { alive } })
  expect([truth.accessToken, truth.refreshToken]).toEqual([access, refresh])
})

// elasticsearch-saml §7.3: for 30 seconds a used refresh token gives the same pair again, also where that has been ended.
test('a used refresh token that only repeats which pair it gave is dead', async () => {
  const node = { alive: ['refresh1'], gives: { refresh1: 'refresh3' } }
  const { truth, tried } = await probe({ logins: [refreshedLogin], node })
  expect([truth.refreshToken, tried.length]).toEqual(['dead', 4])
})

test('each application and partner is proven by its own page, and an application by the tokens of its own logins', async () => {
  const { tried: _tried, ...es } = await fakeNode({ alive: ['access2', 'refresh1'] })
  const browser = await fakeBrowsers().open({})
  const peek = async (url: string) => ({
    status: url.startsWith('http://second.test') ? 200 : 401,
    text: url === 'http://wiki.test/' ? 'You are signed in as alice' : '',
  })
  const browsers = new Map([['first', { ...browser, peek }]])
  const logins = [
    { ...first, application: 'app' },
    { ...second, application: 'second' },
  ]
  const lab = { ...addresses, ...es }
  expect(await probeTruth({ lab, browsers, browser: async () => browser, loginsIn: () => logins })).toEqual({
    application: 'signedOut',
    accessToken: 'dead',
    refreshToken: 'alive',
    idpSession: 'dead',
    others: {
      second: { application: 'signedIn', accessToken: 'alive', refreshToken: 'dead' },
      wiki: { application: 'signedIn' },
    },
  })
})

test('each browser is proven with the logins that happened in it, the first one first', async () => {
  const { tried: _tried, ...es } = await fakeNode({ alive: ['access2'] })
  const lab = { ...addresses, applicationUrls: { app: addresses.appUrl }, partnerUrls: {}, ...es }
  const [browser, other] = [await fakeBrowsers().open({}), await fakeBrowsers({ portal: 'Signed in as bob' }).open({})]
  const browsers = new Map([
    ['other', other],
    ['first', browser],
  ])
  const loginsIn = (name: string) => (name === 'first' ? [first] : [second])
  const dead = { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead', idpSession: 'dead' }
  expect(await probeTruth({ lab, browsers, browser: async () => browser, loginsIn })).toEqual({
    ...dead,
    elsewhere: { other: { ...dead, accessToken: 'alive', idpSession: 'alive' } },
  })
})

test.each([
  [200, 'signedIn'],
  [401, 'signedOut'],
  [503, 'signedOut'],
])('an application that answers %i has its browser %s', async (applicationStatus, application) => {
  const { truth } = await probe({ sight: { applicationStatus } })
  expect(truth.application).toBe(application)
})

test.each([
  ['Signed in as alice', 'alive'],
  ['Nobody is signed in', 'dead'],
])('a portal that says [%s] has a session that is %s', async (portal, idpSession) => {
  const { truth } = await probe({ sight: { portal } })
  expect(truth.idpSession).toBe(idpSession)
})

test.each([403, 500, 503])('an answer %i to a probe proves nothing', async (otherStatus) => {
  await expect(probe({ node: { otherStatus } })).rejects.toThrow(
    `a token probe was answered with ${otherStatus}, expected 200 or 401`,
  )
})

test('a refresh that is answered with the death of an access token proves nothing', async () => {
  await expect(probe({ node: { otherStatus: 401 } })).rejects.toThrow(
    'a token probe was answered with 401, expected 200 or 400',
  )
})

test('an application to which nobody has logged in has no tokens, which is neither alive nor dead', async () => {
  const { truth, tried } = await probe({ logins: [] })
  expect(truth).toMatchObject({ accessToken: 'none', refreshToken: 'none' })
  expect(tried).toEqual([])
})
