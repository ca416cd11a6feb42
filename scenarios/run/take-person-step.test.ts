import { expect, test } from 'vitest'
import * as steps from '../scenario/steps.ts'
import { fakeBrowsers, fakeLab } from './fake-stage.test-support.ts'
import { createStage } from './stage.ts'
import { takePersonStep } from './take-person-step.ts'

const entries = [
  { what: 'LogoutRequest', wire: { method: 'GET', url: 'http://app.test/logout?SAMLRequest=a' } },
  { what: 'LogoutRequest', wire: { method: 'GET', url: 'http://app.test/logout?SAMLRequest=b' } },
  { what: 'Response', wire: { method: 'POST', url: 'http://app.test/acs' } },
]

/** What a person did, and what they saw otherwise. */
async function take(...taken: readonly steps.PersonStep[]) {
  const { open: openBrowser, done } = fakeBrowsers({ page: 'You are signed in', applicationStatus: 401 })
  const { lab } = fakeLab({ journal: { read: async () => ({ entries, next: 3 }) } })
  const stage = createStage(lab, { openBrowser })
  const seen: string[] = []
  for (const step of taken) seen.push(...(await takePersonStep(step, stage)))
  return { done, seen }
}

test.each<[steps.PersonStep, string]>([
  [steps.open('application'), 'browser 1 first, open, http://app.test/'],
  [steps.open('application', 'second'), 'browser 1 first, open, http://second.test/'],
  [steps.open('application', 'wiki'), 'browser 1 first, open, http://wiki.test/'],
  [steps.open('portal'), 'browser 1 first, open, http://idp.test/'],
  [steps.open('logout'), 'browser 1 first, open, http://app.test/logout'],
  [steps.open('logout', 'second'), 'browser 1 first, open, http://second.test/logout'],
  [steps.openPath('/a?b'), 'browser 1 first, open, http://app.test/a?b'],
  [steps.openPath('/a', 'idp'), 'browser 1 first, open, http://idp.test/a'],
  [steps.openAgain({ what: 'LogoutRequest' }), 'browser 1 first, open, http://app.test/logout?SAMLRequest=b'],
  [steps.press('alice'), 'browser 1 first, press, alice'],
  [steps.pressTwice('Log out'), 'browser 1 first, press twice, Log out'],
  [steps.back, 'browser 1 first, back'],
  [steps.reload, 'browser 1 first, reload'],
  [steps.closeTab, 'browser 1 first, close'],
  [steps.setAsideCookies('app'), 'browser 1, set aside, http://app.test'],
  [steps.copyCookies('idp'), 'browser 1, copy, http://idp.test'],
  [steps.bringBackCookies, 'browser 1, bring back'],
])('%j is done so: %s', async (step, what) => {
  expect(await take(step)).toEqual({ done: [what], seen: [] })
})

test('each step is taken in its browser and tab, in their order', async () => {
  const { done } = await take(
    steps.press('a'),
    ...steps.inTab('second', steps.press('b')),
    ...steps.inBrowser('phone', steps.press('c'), steps.setAsideCookies('idp')),
    steps.press('d'),
  )
  expect(done).toEqual([
    'browser 1 first, press, a',
    'browser 1 second, press, b',
    'browser 2 first, press, c',
    'browser 2, set aside, http://idp.test',
    'browser 1 first, press, d',
  ])
})

test('what a person sees is told where it is otherwise', async () => {
  expect(await take(steps.see('signed in'), steps.look('/me', { status: 401 }))).toEqual({ done: [], seen: [] })
  const { seen } = await take(
    steps.see('logged out'),
    steps.look('/me', { status: 200 }),
    steps.look('/', { status: 404, at: 'idp' }),
  )
  expect(seen).toEqual([
    'the page, http://app.test/page, does not say [logged out] but [You are signed in]',
    'http://app.test/me answers 401, expected 200',
    'http://idp.test/ answers 200, expected 404',
  ])
})

test.each([
  [
    steps.openAgain({ what: 'Response' }),
    'the message {"what":"Response"} was not sent in an address, and cannot be opened again',
  ],
  [steps.openAgain({ what: 'AuthnRequest' }), 'nothing in the journal is like {"what":"AuthnRequest"}'],
  [steps.open('application', 'x'), 'no party is called [x] here, there is idp, es, app, second, wiki'],
])('%j cannot be taken: %s', async (step, sentence) => {
  await expect(take(step)).rejects.toThrow(new Error(sentence))
})
