import { expect, test } from 'vitest'
import { findButton } from '../browser.test-support.ts'
import { readSentRequest } from '../sp.test-support.ts'
import { logIn, makeWorld, whoIsSignedIn } from '../world.test-support.ts'

/** A world in which alice is logged in at orders, which was brought a minted LogoutRequest; and a browser that was never here. */
async function minted() {
  const world = await makeWorld()
  const { browser, idp, orders, key } = world
  await logIn(browser, orders)
  const session = browser.cookies.get('sloop_idp') ?? ''
  const message = await idp.mint({ kind: 'LogoutRequest', to: orders.entityId, session })
  const request = readSentRequest('url' in message ? message.url : '', key)
  const page = () => world.newBrowser().open(`/logout?run=${message.logout}`)
  return { ...world, request, page, run: message.logout ?? '', stranger: world.newBrowser() }
}

test('the answer to a minted LogoutRequest is taken without a cookie and recorded at its leg', async () => {
  const { stranger, orders, request, page } = await minted()
  const before = await page()
  expect([before.title, before.text]).toEqual([
    'Minted LogoutRequest',
    expect.stringContaining('orders asked, no answer yet'),
  ])
  const after = await stranger.open(await orders.answer(request))
  expect(after.text).toContain('Every service provider confirmed the logout. ')
  expect((await page()).text).toContain('orders says Success asked by Redirect')
})

test('an answer to a minted LogoutRequest ends no session either', async () => {
  const { browser, stranger, orders, request } = await minted()
  await stranger.open(await orders.answer(request))
  expect(await whoIsSignedIn(browser)).toBe('alice')
})

test('what answers a minted LogoutRequest is judged as any answer: one of another participant changes nothing', async () => {
  const { stranger, reports, request, page } = await minted()
  const refused = await stranger.open(await reports.answer(request))
  expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('SAML_ISSUER')])
  expect((await page()).text).toContain('orders asked, no answer yet')
})

test('an unsigned answer to a minted LogoutRequest is refused at its leg', async () => {
  const { stranger, orders, request, page } = await minted()
  await stranger.open(await orders.answer(request, {}, { signWith: 'nobody' }))
  expect((await page()).text).toContain('orders its answer was refused: ')
})

test('a minted LogoutRequest is waited for as long as any and not longer, and a late answer is noted', async () => {
  const { clock, stranger, orders, request, page } = await minted()
  clock.advance(9_999)
  expect((await page()).text).toContain('asked, no answer yet')
  clock.advance(1)
  expect((await page()).text).toContain('orders did not answer within 10 s')
  await stranger.open(await orders.answer(request))
  expect((await page()).text).toContain('did not answer within 10 s; later it says Success, which counts no more')
})

test('the page of a minted LogoutRequest offers nothing to go on with', async () => {
  const { clock, page } = await minted()
  expect((await page()).forms).toEqual([])
  clock.advance(10_000)
  expect((await page()).forms).toEqual([])
})

test.each(['/logout/continue', '/logout/again'])(
  'nobody goes on with a minted LogoutRequest: POST %s',
  async (path) => {
    const { stranger, run, page } = await minted()
    const { status, text } = await stranger.post(path, { run })
    expect([status, text]).toEqual([409, expect.stringContaining('nobody goes on with it')])
    expect((await page()).text).toContain('orders asked, no answer yet')
  },
)

test('nobody goes on with a minted LogoutRequest by its address', async () => {
  const { stranger, run } = await minted()
  const { status, location } = await stranger.open(`/logout/next?run=${run}`)
  expect([status, location]).toEqual([409, ''])
})

test('the logout of the session asks the participant of a minted LogoutRequest all the same', async () => {
  const { browser, orders, key, request } = await minted()
  const asked = await browser.press(await browser.open('/'), 'Log out everywhere')
  const sent = readSentRequest(asked.location, key)
  expect(sent).toMatchObject({ nameId: request.nameId, sessionIndexes: request.sessionIndexes })
  expect(sent.id).not.toBe(request.id)
  const done = await browser.open(await orders.answer(sent))
  expect(done.text).toContain('Every service provider confirmed the logout.')
  expect(() => findButton(done, 'Continue')).toThrow('no button [Continue]')
})

test('a minted LogoutRequest about a name that nobody has is awaited under that name', async () => {
  const { idp, orders, key, newBrowser } = await makeWorld()
  const nameId = { value: '<b>nobody' }
  const message = await idp.mint({ kind: 'LogoutRequest', to: orders.entityId, nameId, sessionIndex: ['_1', '_2'] })
  const request = readSentRequest('url' in message ? message.url : '', key)
  const page = await newBrowser().open(await orders.answer(request))
  expect(page.text).toContain('about <b>nobody was minted')
  expect(page.html).not.toContain('<b>')
  expect(page.text).toContain('<b>nobody _1 _2')
})

test('a message that answers nobody waits for nothing', async () => {
  const { idp, orders } = await makeWorld()
  expect(await idp.mint({ kind: 'LogoutResponse', to: orders.entityId })).not.toHaveProperty('logout')
})
