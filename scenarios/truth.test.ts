import { expect, test } from 'vitest'
import { fakeAgent, fakeWorld } from './fake-world.test-support.ts'
import { probeTruth } from './truth.ts'

const first = { accessToken: 'access1', refreshToken: 'refresh1' }
const second = { accessToken: 'access2', refreshToken: 'refresh2' }
const nobody = fakeAgent({})

// cases/sabotage H2: a probe that looks at the first login only was seen by no test.
test.each([
  ['the first', ['access1', 'refresh1'], ['alive', 'alive']],
  ['the second', ['access2', 'refresh2'], ['alive', 'alive']],
  ['only the access token of the second', ['access2'], ['alive', 'dead']],
  ['only the refresh token of the second', ['refresh2'], ['dead', 'alive']],
  ['none', [], ['dead', 'dead']],
])('of two logins %s is alive', async (_which, alive, [access, refresh]) => {
  const truth = await probeTruth(await fakeWorld({ alive }), nobody, [first, second])
  expect([truth.accessToken, truth.refreshToken]).toEqual([access, refresh])
})

test('every token is tried once, refresh tokens last', async () => {
  const world = await fakeWorld({})
  await probeTruth(world, nobody, [first, second])
  expect(world.tried.slice(0, 2).toSorted()).toEqual(['access1', 'access2'])
  expect(world.tried.slice(2).toSorted()).toEqual(['refresh1', 'refresh2'])
})

test('each application is proven by its own page and the tokens of its own logins', async () => {
  const world = await fakeWorld({ alive: ['access2', 'refresh1'], applications: ['second'] })
  const logins = [
    { ...first, application: 'app' },
    { ...second, application: 'second' },
  ]
  expect(await probeTruth(world, fakeAgent({ applicationStatus: 401 }), logins)).toEqual({
    application: 'signedOut',
    accessToken: 'dead',
    refreshToken: 'alive',
    idpSession: 'dead',
    others: { second: { application: 'signedIn', accessToken: 'alive', refreshToken: 'dead' } },
  })
})

test('an application without a login has nothing to probe, whatever another has', async () => {
  const world = await fakeWorld({ applications: ['second'] })
  await expect(probeTruth(world, nobody, [first])).rejects.toThrow('nobody has logged in at http://second.test: ')
})

test.each([
  [200, 'signedIn'],
  [401, 'signedOut'],
  [503, 'signedOut'],
])('an application that answers %i has its browser %s', async (applicationStatus, application) => {
  const truth = await probeTruth(await fakeWorld({}), fakeAgent({ applicationStatus }), [first])
  expect(truth.application).toBe(application)
})

test.each([
  ['Signed in as alice', 'alive'],
  ['Nobody is signed in', 'dead'],
])('a portal that says [%s] has a session that is %s', async (portal, idpSession) => {
  const truth = await probeTruth(await fakeWorld({}), fakeAgent({ portal }), [first])
  expect(truth.idpSession).toBe(idpSession)
})

test.each([403, 500, 503])('an answer %i to a probe proves nothing', async (otherStatus) => {
  const probing = probeTruth(await fakeWorld({ otherStatus }), nobody, [first])
  await expect(probing).rejects.toThrow(`a token probe was answered with ${otherStatus}, expected 200 or 401`)
})

test('a refresh that is answered with the death of an access token proves nothing', async () => {
  const probing = probeTruth(await fakeWorld({ otherStatus: 401 }), nobody, [first])
  await expect(probing).rejects.toThrow('a token probe was answered with 401, expected 200 or 400')
})

test('without a login there is nothing to probe', async () => {
  await expect(probeTruth(await fakeWorld({}), nobody, [])).rejects.toThrow(
    'nobody has logged in at http://app.test: there are no tokens to probe',
  )
})
