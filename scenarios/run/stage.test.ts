import { expect, test } from 'vitest'
import type { IssuedTokens } from '../../harness/index.ts'
import type { BrowserConditions } from '../scenario/scenario.ts'
import { fakeBrowsers, fakeLab } from './fake-stage.test-support.ts'
import { createStage } from './stage.ts'

const login = (number: number): IssuedTokens => ({
  accessToken: `a${number}`,
  refreshToken: `r${number}`,
  refreshed: [],
})

test('a login counts as that of the browser whose step brought it, also where the step failed', async () => {
  const issued = [login(0)]
  const { lab } = fakeLab({ issuedTokens: () => [...issued] })
  const stage = createStage(lab, { openBrowser: fakeBrowsers().open })
  const signIn = (number: number) => async () => void issued.push(login(number))
  await stage.attributing(undefined, signIn(1))
  await stage.attributing('phone', signIn(2))
  const failing = stage.attributing('first', async () => {
    await signIn(3)()
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await stage.attributing('phone', async () => 'done')).toBe('done')
  expect([stage.loginsIn('first'), stage.loginsIn('phone'), stage.loginsIn('desk')]).toEqual([
    [login(1), login(3)],
    [login(2)],
    [],
  ])
})

test('a browser is opened once, under the conditions of the story, and all are closed', async () => {
  const { open, done } = fakeBrowsers()
  const asked: BrowserConditions[] = []
  const openBrowser: typeof open = (given) => {
    asked.push(given)
    return open(given)
  }
  const stage = createStage(fakeLab().lab, { openBrowser, conditions: { scripts: 'off' } })
  const [unnamed, first] = [await stage.browser(), await stage.browser('first')]
  expect(unnamed).toBe(first)
  await (await stage.tab({ browser: 'phone', tab: 'second' })).open('x')
  await (await stage.tab({})).open('y')
  expect([asked, [...stage.browsers.keys()]]).toEqual([
    [{ scripts: 'off' }, { scripts: 'off' }],
    ['first', 'phone'],
  ])
  await stage.close()
  expect(done).toEqual([
    'browser 2 second, open, x',
    'browser 1 first, open, y',
    'browser 1, close',
    'browser 2, close',
  ])
})

test('a party has an address and an entity id by its name', async () => {
  const stage = createStage(fakeLab().lab, { openBrowser: fakeBrowsers().open })
  expect([undefined, 'second', 'wiki', 'idp', 'es'].map((name) => stage.addressOf(name))).toEqual([
    ...['http://app.test', 'http://second.test', 'http://wiki.test', 'http://idp.test', 'http://es.test'],
  ])
  expect(() => stage.addressOf('wikki')).toThrow(
    new Error('no party is called [wikki] here, there is idp, es, app, second, wiki'),
  )
  expect(await Promise.all(['wiki', 'saml1', 'urn:x'].map((name) => stage.entityIdOf(name)))).toEqual([
    ...['urn:wiki', 'urn:app', 'urn:x'],
  ])
})

test('a world without an application says so', () => {
  const stage = createStage(fakeLab({ appUrl: '', applicationUrls: {} }).lab, { openBrowser: fakeBrowsers().open })
  expect(() => stage.addressOf()).toThrow(new Error('no party is called [app] here, there is idp, es, wiki'))
})
