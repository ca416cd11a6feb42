import { expect, test } from 'vitest'
import { generateCredential } from '#saml/credentials'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import { BINDING, STATUS } from '#saml/names'
import { trustCertificate } from '#saml/signature/trusted-key'
import { settableClock } from '#server/clock'
import type { Fetch } from '#server/serve'
import type { LabStore } from '#server/store/store'
import { testStores } from '#server/store/stores.test-support'
import { createBrowser } from './browser.test-support.ts'
import type { Idp } from './create-idp.ts'
import { idpOrigin, makeSp, noon, readSent, readSentRequest } from './sp.test-support.ts'
import { logIn, makeWorld, openRun, whoIsSignedIn } from './world.test-support.ts'

const { twoReplicas } = testStores()
const [wiki, next] = await Promise.all([makeSp('wiki'), generateCredential('next', noon)])

/** Does something at a replica as the harness has a request answered there. */
async function at<T>({ lab }: { readonly lab: Required<LabStore> }, work: () => T | Promise<T>): Promise<T> {
  await lab.replicas.refresh()
  const done = await work()
  await lab.replicas.settle()
  return done
}

/** Two replicas of one IdP, and browsers that go to the one or the other. */
async function twoIdps() {
  const clock = settableClock(noon)
  const [one, other] = await Promise.all(twoReplicas().map(replica))
  if (one === undefined || other === undefined) throw new Error('there are two')
  async function replica(lab: Required<LabStore>) {
    const world = await makeWorld({ clock, store: lab.of('idp') })
    const fetch: Fetch = (request, env) => at({ lab }, () => world.idp.fetch(request, env))
    return { lab, ...world, fetch, state: await world.idp.state() }
  }
  let here = one
  const browser = createBrowser((request, env) => here.fetch(request, env), idpOrigin)
  const goTo = (replica: typeof one) => {
    here = replica
    return browser
  }
  const { key, orders, reports } = one
  return { one, other, clock, key, orders, reports, browser, goTo }
}

test('a person signs in at one replica, the logout begins at the other, and what is answered to it comes to the first', async () => {
  const { one, other, key, orders, reports, goTo } = await twoIdps()
  await logIn(goTo(one), orders)
  await logIn(goTo(other), reports)
  expect(await whoIsSignedIn(goTo(one))).toBe('alice')

  const asked = await goTo(other).press(await goTo(other).open('/'), 'Log out everywhere')
  const second = await goTo(one).open(await orders.answer(readSentRequest(asked.location, key)))
  const done = await goTo(other).open(await reports.answer(readSentRequest(second.location, key)))

  expect(done.text).toContain('Every service provider confirmed the logout.')
  expect((await openRun(goTo(one))).text).toContain('Every service provider confirmed the logout.')
  expect(await whoIsSignedIn(goTo(one))).toBeUndefined()
  expect([await one.state.listSessions(), await other.state.listSessions()]).toEqual([[], []])
})

test('a sign-in that was asked for at one replica is finished at the other, once', async () => {
  const { one, other, orders, goTo } = await twoIdps()
  const page = await goTo(one).open(await orders.redirect(orders.authnRequest(), { signWith: 'nobody' }))
  const answers = await Promise.all([one, other].map((replica) => goTo(replica).press(page, 'alice')))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
  expect(answers.find(({ status }) => status === 400)?.text).toContain('NOTHING_PENDING')
  expect(await one.state.listSessions()).toHaveLength(1)
})

test('the same LogoutRequest at both replicas at once is acted upon once', async () => {
  const { one, other, key, orders, goTo } = await twoIdps()
  const login = await logIn(goTo(one), orders)
  await logIn(goTo(one), orders)
  const sent = await orders.redirect(orders.logoutRequest({ nameId: login.nameId }))
  const answers = await Promise.all([one, other].map(({ fetch }) => fetch(new Request(sent))))
  const read = answers.map((answer) => readSent(answer.headers.get('location') ?? '', key))
  const statuses = read.map(({ root }) => parseLogoutResponse(root).status.codes)
  expect(statuses).toContainEqual([STATUS.requester, STATUS.requestDenied])
  expect(statuses.filter(([code]) => code === STATUS.success)).toHaveLength(1)
  expect(await other.state.listLogouts()).toHaveLength(1)
})

test('of two replicas at which a logout goes on at once, one asks the next participant', async () => {
  const { one, other, key, orders, reports, browser, goTo } = await twoIdps()
  await logIn(goTo(one), orders)
  await logIn(goTo(other), reports)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const answer = await orders.answer(readSentRequest(asked.location, key))
  const seen = await Promise.all([one, other].map(({ fetch }) => fetch(new Request(answer))))
  const sent = seen.map(({ headers }) => headers.get('location') ?? '').filter((url) => url.startsWith(reports.sloUrl))
  expect(sent.map((url) => parseLogoutRequest(readSent(url, key).root).destination)).toEqual([reports.sloUrl])
  const [logout] = await other.state.listLogouts()
  expect(logout?.legs.map(({ state }) => state)).toEqual(['answered', 'asked'])
})

test('who wants those asked again that did not confirm, at both replicas at once, starts one logout', async () => {
  const { one, other, key, orders, browser, goTo } = await twoIdps()
  await logIn(goTo(one), orders)
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const refusal = { status: { codes: [STATUS.responder] } }
  const partial = await browser.open(await orders.answer(readSentRequest(asked.location, key), refusal))
  const pressed = ([one, other] as const).map((replica) =>
    goTo(replica).press(partial, 'Ask those again that did not confirm'),
  )
  const pages = await Promise.all(pressed)
  expect(pages.filter(({ location }) => location.startsWith(orders.sloUrl))).toHaveLength(1)
  expect(await other.state.listLogouts()).toHaveLength(2)
})

/** What can be said of an IdP while it runs. */
const settingsOf = (idp: Idp, state: Awaited<ReturnType<Idp['state']>>) => ({
  users: state.listUsers(),
  serviceProviders: state.listServiceProviders(),
  behaviour: state.behaviour(),
  keys: state.listKeys(),
  metadata: idp.metadata,
})

test('what is changed at one replica is so at the other, and a reset at the other undoes it at both', async () => {
  const { one, other, orders } = await twoIdps()
  const atStart = settingsOf(one.idp, one.state)
  await at(one, async () => {
    one.state.putUser({ name: 'dora', email: 'dora@example.test', displayName: 'Dora', groups: [] })
    one.state.deleteUser('bob')
    one.state.addServiceProvider({ metadata: wiki.metadata, name: 'Wiki' })
    one.state.removeServiceProvider(orders.entityId)
    one.state.changeBehaviour({ personality: 'keycloak', singleLogout: [{ binding: 'post' }] })
    await one.state.rotateKey({ credential: next })
  })
  const changed = await at(other, () => settingsOf(other.idp, other.state))
  expect(changed).toEqual(settingsOf(one.idp, one.state))
  expect(changed.users.map(({ name }) => name)).toEqual(['alice', 'carol', 'dora'])
  expect(changed.serviceProviders.map(({ name }) => name)).toEqual(['reports', 'Wiki'])
  expect(changed.behaviour).toMatchObject({ personality: 'keycloak', singleLogout: [{ binding: 'post' }] })
  expect(changed.metadata).not.toContain(BINDING.soap)
  expect(changed.keys).toEqual([
    { certificate: next.certificatePem, signs: true },
    { certificate: one.credential.certificatePem, signs: false },
  ])
  await at(other, () => other.state.reset())
  await at(one, () => undefined)
  expect([settingsOf(one.idp, one.state), settingsOf(other.idp, other.state)]).toEqual([atStart, atStart])
})

test('a key that one replica made signs at the other as well, and a service provider that was added there is believed', async () => {
  const { one, other, goTo } = await twoIdps()
  await at(one, () => one.state.rotateKey({ credential: next, publish: 'announce' }))
  await at(other, () => other.state.rotateKey({ publish: 'newOnly' }))
  await at(other, () => other.state.addServiceProvider({ metadata: wiki.metadata }))
  await logIn(goTo(one), wiki)
  const asked = await goTo(one).press(await goTo(one).open('/'), 'Log out everywhere')
  const request = readSentRequest(asked.location, trustCertificate(next.certificate))
  expect((await goTo(one).open(await wiki.answer(request))).text).toContain('Every service provider confirmed')
})

test('a reset at one replica forgets at the other who is signed in, what runs, what waits and what was seen and let pass', async () => {
  const { one, other, key, orders, goTo } = await twoIdps()
  await at(one, () => one.state.changeBehaviour({ tolerate: ['unsigned'] }))
  const login = await logIn(goTo(one), orders)
  const request = orders.logoutRequest({ nameId: login.nameId })
  const unsigned = await orders.redirect(request, { signWith: 'nobody' })
  await goTo(one).open(unsigned)
  await logIn(goTo(one), orders)
  const pending = await one.fetch(new Request(await orders.redirect(orders.authnRequest(), { signWith: 'nobody' })))
  expect((await goTo(other).open('/')).text).toContain('let pass')

  await at(other, () => other.state.reset())

  const portal = await goTo(one).open('/')
  expect(portal.text).not.toContain('let pass')
  expect([await one.state.listSessions(), await one.state.listLogouts()]).toEqual([[], []])
  expect((await goTo(one).open(pending.headers.get('location') ?? '')).text).toContain('NOTHING_PENDING')
  const again = await one.fetch(new Request(await orders.redirect(request)))
  const { status } = parseLogoutResponse(readSent(again.headers.get('location') ?? '', key).root)
  expect(status.codes).toEqual([STATUS.requester, STATUS.unknownPrincipal])
})
