import { expect, test } from 'vitest'
import { judgeXmlSignature } from '#saml/oracles.test-support'
import { readSentRequest, type TestSp } from '../sp.test-support.ts'
import { logIn, makeWorld } from '../world.test-support.ts'
import { type Answer, answerOf, makeSoapScene } from './soap-scene.test-support.ts'

const { orders } = await makeWorld()

test('C080 a participant that takes SOAP only is called, with a message that is signed in the document', async () => {
  const calls: unknown[] = []
  const { logOut, login, credential, location } = await makeSoapScene(async (asked, request, envelope) => {
    const { destination, nameId, sessionIndexes } = asked
    const signed = 'urn:oasis:names:tc:SAML:2.0:protocol:LogoutRequest'
    const { accepted } = await judgeXmlSignature(envelope, credential.certificatePem, signed)
    const headers = ['content-type', 'soapaction'].map((name) => request.headers.get(name))
    calls.push([accepted, request.method, headers, { destination, nameId, sessionIndexes }])
    return answerOf(orders, asked)
  })
  const page = await logOut()
  expect([page.status, page.text]).toEqual([
    200,
    expect.stringMatching(/Every service provider confirmed the logout\. .* orders says Success asked by SOAP/),
  ])
  const headers = ['text/xml; charset=utf-8', '"http://www.oasis-open.org/committees/security"']
  const says = { destination: location, nameId: login.nameId, sessionIndexes: [login.sessionIndex] }
  expect(calls).toEqual([[true, 'POST', headers, says]])
})

test('all who take SOAP are called at once, before the browser goes anywhere', async () => {
  const called: string[] = []
  let release = () => {}
  const bothCalled = new Promise<void>((resolve) => {
    release = resolve
  })
  const together =
    (sp: TestSp): Answer =>
    async (asked) => {
      called.push(sp.name)
      if (called.length === 2) release()
      await bothCalled
      return answerOf(sp, asked)
    }
  const { logOut, serve, browser, stranger, reports, key } = await makeSoapScene(together(orders))
  await logIn(browser, reports)
  await serve(stranger, together(stranger))
  await logIn(browser, stranger)
  const next = await logOut()
  expect([called.toSorted(), next.location.split('?')[0]]).toEqual([['orders', 'stranger'], reports.sloUrl])
  const last = await browser.open(await reports.answer(readSentRequest(next.location, key)))
  expect(last.text).toContain('Every service provider confirmed the logout.')
})

test('the session has ended before anybody is called', async () => {
  const seen: string[] = []
  const scene = await makeSoapScene(async (asked) => {
    seen.push((await (await scene.browser.send('/')).text()).includes('Nobody is signed in.') ? 'nobody' : 'somebody')
    return answerOf(orders, asked)
  })
  await scene.logOut()
  expect(seen).toEqual(['nobody'])
})

test('who asks by a browser and takes answers by SOAP only is told of on the page and in the log', async () => {
  const { browser, orders: sp, login, log } = await makeSoapScene()
  log.length = 0
  const page = await browser.open(await sp.redirect(sp.logoutRequest({ nameId: login.nameId })))
  expect(page.text).toContain('orders asked for this logout and has no way to be told how it ended: only soap.')
  expect(log.map(({ message }) => message)).toEqual([
    'orders asked for a logout and has no way to be answered: only soap',
  ])
})
