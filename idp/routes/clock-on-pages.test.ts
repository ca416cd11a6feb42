import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { movableClock } from '#server/movable-clock'
import { noon } from '../sp.test-support.ts'
import { logIn, makeWorld, openRun } from '../world.test-support.ts'

const behind = 'The clock of this identity provider is 1 min 30 s behind.'

test('the portal, the sign-in page and the page of a logout say that the clock is not the machine time', async () => {
  const clock = movableClock({ shiftMs: -90_000 }, settableClock(noon))
  const { browser, orders, newBrowser } = await makeWorld({ clock })
  expect((await browser.open('/')).text).toContain(behind)
  await logIn(browser, orders)
  await browser.press(await browser.open('/'), 'Log out everywhere')
  expect((await openRun(browser)).text).toContain(behind)
  const stranger = newBrowser()
  const signIn = await stranger.press(await stranger.open('/'), 'Open orders')
  expect(signIn.text).toMatch(new RegExp(`to continue to orders.*${behind}`))
})

test('a page says where a clock stands, and nothing of one that is real again', async () => {
  const clock = movableClock({ frozenAt: '2026-01-01T00:00:00Z' })
  const { browser } = await makeWorld({ clock })
  expect((await browser.open('/')).text).toContain(
    'The clock of this identity provider stands at 2026-01-01T00:00:00Z.',
  )
  clock.change({})
  expect((await browser.open('/')).text).not.toContain('clock')
})
