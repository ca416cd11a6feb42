import { expect, test } from 'vitest'
import { testStores } from '#server/store/stores.test-support'
import { leave, startCarefulApp } from './careful.test-support.ts'
import { cookieOf, startTestApp } from './test-app.test-support.ts'

const { twoReplicas } = testStores()

/** Two replicas of an application. */
async function twoApps(start: typeof startTestApp) {
  const [one, other] = await Promise.all(twoReplicas().map((replica) => start({ store: replica.of('app') })))
  return [one, other] as [NonNullable<typeof one>, NonNullable<typeof other>]
}

test('a Response that comes to two replicas at once is taken once', async () => {
  const [one, other] = await twoApps(startCarefulApp)
  await using _closing = one
  await using _closingToo = other
  const answers = await Promise.all([one.postResponse(), other.postResponse()])
  expect(answers.map(({ status }) => status).sort()).toEqual([302, 401])
  const asked = [...one.elasticsearch.calls, ...other.elasticsearch.calls].map(({ call }) => call)
  expect(asked.filter((call) => call === 'POST /_security/saml/authenticate')).toHaveLength(1)
})

test('a login that began at one replica ends at the other, where the browser gets the page that it wanted', async () => {
  const [one, other] = await twoApps(startTestApp)
  await using _closing = one
  await using _closingToo = other
  const cookie = await one.startLogin('/app/wanted')
  const answer = await other.postResponse({ cookie })
  expect(new URL(answer.headers.get('location') ?? '', 'http://app.localhost:5601').pathname).toBe('/app/wanted')
  expect((await one.visit('/internal/security/me', { cookie: cookieOf(answer) })).status).toBe(200)
})

test('a logout at one replica ends the session at the other', async () => {
  const [one, other] = await twoApps(startCarefulApp)
  await using _closing = one
  await using _closingToo = other
  const cookie = await one.signIn()
  expect((await other.visit('/internal/security/me', { cookie })).status).toBe(200)
  await leave(other, cookie)
  expect((await one.visit('/internal/security/me', { cookie })).status).toBe(401)
})
