import { expect, test } from 'vitest'
import { parseLogoutRequest } from '#saml/messages/logout-request'
import { parseLogoutResponse } from '#saml/messages/logout-response'
import type { Endpoint } from '#saml/metadata/role'
import { BINDING, STATUS } from '#saml/names'
import { judgeSchema, judgeXmlSignature } from '#saml/oracles.test-support'
import { readSent, readSentRequest, readSentResponse } from '../sp.test-support.ts'
import { logIn, whoIsSignedIn } from '../world.test-support.ts'
import { askedIn, byPost, byRedirect, makePostScene, sentIn } from './post-scene.test-support.ts'

test('C012, C053, C070, C072, C074, C075 a participant that takes POST only is asked by a form that is signed in the document', async () => {
  const { logOut, key, login, credential } = await makePostScene()
  const page = await logOut()
  const { kind, address, relayState, root, document } = sentIn(page, key)
  expect([page.status, page.title, kind, address, relayState]).toEqual([
    ...[200, 'Logging out', 'SAMLRequest', byPost.location, undefined],
  ])
  expect(page.html).toContain('<script src="/submit.js" defer')
  expect([page.headers.get('cache-control'), page.headers.get('pragma')]).toEqual(['no-cache, no-store', 'no-cache'])
  expect(parseLogoutRequest(root)).toMatchObject({
    destination: byPost.location,
    nameId: login.nameId,
    sessionIndexes: [login.sessionIndex],
  })
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
  expect(await judgeXmlSignature(document, credential.certificatePem, signed)).toMatchObject({ accepted: true })
})

test('the answer in a form from another site counts without any cookie', async () => {
  const { logOut, post, orders, key } = await makePostScene()
  const answer = orders.answerTo(askedIn(await logOut(), key))
  const page = await post(await orders.form(answer))
  expect([page.status, page.title]).toEqual([200, 'Logged out'])
  expect(page.text).toContain('Every service provider confirmed the logout.')
})

test('Redirect and POST follow each other in one logout', async () => {
  const { browser, logOut, post, orders, reports, key } = await makePostScene()
  await logIn(browser, reports)
  const next = await post(await orders.form(orders.answerTo(askedIn(await logOut(), key))))
  expect(next.location).toContain(reports.sloUrl)
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toMatch(
    /Every service provider confirmed the logout\. .* orders says Success asked by POST .* reports says Success asked by Redirect/,
  )
})

test('C041, C071 a LogoutRequest in a form ends the session, and who asked is answered in a form with its RelayState', async () => {
  const { browser, post, orders, key, request, credential } = await makePostScene()
  const asked = request()
  const relayState = `"><script>alert('r')</script>`
  const page = await post(await orders.form(asked, { relayState }))
  const { kind, address, root, document, ...sent } = sentIn(page, key)
  expect([kind, address, sent.relayState]).toEqual(['SAMLResponse', byPost.location, relayState])
  expect(page.html).not.toContain('<script>alert')
  expect(parseLogoutResponse(root)).toMatchObject({
    destination: byPost.location,
    inResponseTo: asked.id,
    status: { codes: [STATUS.success] },
  })
  expect(await judgeSchema(document, 'protocol')).toMatchObject({ accepted: true })
  const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutResponse'
  expect(await judgeXmlSignature(document, credential.certificatePem, signed)).toMatchObject({ accepted: true })
  expect(await whoIsSignedIn(browser)).toBeUndefined()
})

const responseLocation = 'https://orders.test/slo/done'

test.each<[string, readonly Endpoint[], string]>([
  ['Redirect where that is offered', [byPost, byRedirect], `redirect ${byRedirect.location}`],
  ['POST at its ResponseLocation', [{ ...byPost, responseLocation }], `post ${responseLocation}`],
  ['Redirect at its ResponseLocation', [byPost, { ...byRedirect, responseLocation }], `redirect ${responseLocation}`],
])('C039 a request in a form is answered by %s', async (_case, endpoints, expected) => {
  const { post, orders, key, request } = await makePostScene(endpoints)
  const page = await post(await orders.form(request(), { relayState: 'r' }))
  const sent = page.location === '' ? sentIn(page, key) : readSent(page.location, key)
  expect([`${page.location === '' ? 'post' : 'redirect'} ${sent.address}`, sent.relayState]).toEqual([expected, 'r'])
})

test('a request that cannot be acted upon is answered in a form, and the session lives', async () => {
  const { browser, post, orders, key, request } = await makePostScene()
  const page = await post(await orders.form(request({ notOnOrAfter: 0 })))
  expect(parseLogoutResponse(sentIn(page, key).root).status.codes).toEqual([STATUS.requester, STATUS.requestDenied])
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

test.each<[string, readonly Endpoint[], 'redirect' | 'post' | undefined, 'redirect' | 'post']>([
  ['Redirect where both are offered', [byPost, byRedirect], undefined, 'redirect'],
  ['POST where it was chosen', [byRedirect, byPost], 'post', 'post'],
])('a participant is asked by %s', async (_case, endpoints, logoutBy, expected) => {
  const { logOut } = await makePostScene(endpoints, { logoutBy })
  const page = await logOut()
  expect(page.location === '' ? 'post' : 'redirect').toBe(expected)
})

const byArtifact: Endpoint = { binding: BINDING.artifact, location: 'https://orders.test/slo/artifact' }

test.each<[string, readonly Endpoint[], 'post' | undefined, string]>([
  ['only by artifact', [byArtifact], undefined, 'only artifact'],
  ['by Redirect and not by what was chosen', [byRedirect], 'post', 'only redirect, and logoutBy says post'],
])('of a participant that can be asked %s the page says so', async (_case, endpoints, logoutBy, says) => {
  const { logOut } = await makePostScene(endpoints, { logoutBy })
  expect((await logOut()).text).toMatch(
    new RegExp(`Partial logout: 1 of 1 .* orders has no way to be asked: ${says} not asked`),
  )
})

test('who asks in a form and takes no answer by a browser is told of on the page and in the log', async () => {
  const { log, post, orders, request } = await makePostScene([byArtifact])
  log.length = 0
  const page = await post(await orders.form(request()))
  expect(page.text).toContain('orders asked for this logout and has no way to be told how it ended: only artifact.')
  expect(log.map(({ facts, message }) => [facts['code'], message])).toEqual([
    ['LOGOUT_NOT_ANSWERED', 'orders asked for a logout and has no way to be answered: only artifact'],
  ])
})

test('what is answered by Redirect to a request in a form verifies', async () => {
  const { post, orders, key, request } = await makePostScene([byRedirect])
  const page = await post(await orders.form(request()))
  expect(readSentResponse(page.location, key).status.codes).toEqual([STATUS.success])
})
