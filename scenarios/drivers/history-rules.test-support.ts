import { behind, openPage, type Rule, refusal } from './agreement.test-support.ts'

const postedBefore = 'No page: the page was posted, and is not posted again without being asked'

const goingBack: readonly Rule[] = [
  {
    title: 'back asks for the page before once more',
    tell: async (scene) => {
      await scene.tab.open(scene.at('app', '/one'))
      await scene.tab.open(scene.at('app', '/two'))
      return behind(scene, () => scene.tab.back())
    },
    expected: ['GET app/one'],
  },
  {
    title: 'a page that was posted is not posted again by going back, and the one before it is asked for next',
    tell: async (scene) => {
      await openPage(scene, scene.at('app', '/two'))
      await scene.tab.press('POST')
      await scene.tab.open(scene.at('app', '/three'))
      const nothing = await behind(scene, () => scene.tab.back())
      const says = await scene.says()
      return [nothing, says, await behind(scene, () => scene.tab.back())]
    },
    expected: [[], postedBefore, ['GET app/page']],
  },
  {
    title: 'where a form was answered with a redirect, back and reload ask for the page by GET',
    tell: async (scene) => {
      await openPage(scene, scene.at('app', '/redirect', { to: '/two' }))
      await scene.tab.press('POST')
      const again = await behind(scene, () => scene.tab.reload())
      await scene.tab.open(scene.at('app', '/three'))
      return [...again, ...(await behind(scene, () => scene.tab.back()))]
    },
    expected: ['GET app/two', 'GET app/two'],
  },
  {
    title: 'a page that was posted is posted again by a reload',
    tell: async (scene) => {
      await openPage(scene, scene.at('app', '/two'))
      await scene.tab.press('POST')
      return behind(scene, () => scene.tab.reload())
    },
    expected: ['POST app/two'],
  },
  {
    title: 'back leads past a page that went on by itself',
    tell: async (scene) => {
      const { at } = scene
      await openPage(scene, at('idp', '/auto-post', { to: at('app', '/two') }))
      await scene.tab.press('GET')
      return behind(scene, () => scene.tab.back())
    },
    expected: ['GET app/page'],
  },
  {
    title: 'back asks as whoever first led there',
    tell: async (scene) => {
      const { tab, at, asked } = scene
      await tab.open(at('idp', '/set', { 'set-cookie': 'strict=1; SameSite=Strict' }))
      await openPage(scene, at('idp', '/home'))
      await tab.press('GET')
      await tab.open(at('app', '/other'))
      asked()
      await tab.back()
      await tab.reload()
      return asked()
    },
    expected: ['GET idp/home []', 'GET idp/home []'],
  },
  {
    title: 'an address that is opened again is one page of the history',
    tell: async (scene) => {
      for (const path of ['/one', '/two', '/two']) await scene.tab.open(scene.at('app', path))
      return behind(scene, () => scene.tab.back())
    },
    expected: ['GET app/one'],
  },
  {
    title: 'before the first page there is none',
    tell: async (scene) => {
      await scene.tab.open(scene.at('app', '/one'))
      const first = await refusal(scene.tab.back(), scene)
      return [first, await scene.says(), await refusal(scene.tab.back(), scene)]
    },
    expected: ['done', '', 'Error: there is no page before about:blank'],
  },
  {
    title: 'in another tab there is another history, and the same cookies',
    tell: async ({ browser, tab, at, asked }) => {
      await tab.open(at('app', '/set', { 'set-cookie': 'one=1' }))
      const second = await browser.tab('second')
      await second.open(at('app', '/home'))
      await second.close()
      await tab.reload()
      return asked()
    },
    expected: ['GET app/set []', 'GET app/home [one]', 'GET app/set [one]'],
  },
]

const pressedTwice: readonly Rule[] = ['GET', 'POST'].map((control) => ({
  title: `a ${control} that is pressed twice is sent twice with the same cookies, and the second is followed`,
  tell: async (scene) => {
    const { tab, at, asked } = scene
    await tab.open(at('app', '/set', { 'set-cookie': 'one=1' }))
    await openPage(scene, at('app', '/redirect', { to: '/home', 'set-cookie': 'one=; Max-Age=0' }))
    await tab.pressTwice(control)
    return asked()
  },
  expected: [`${control} app/redirect [one]`, `${control} app/redirect [one]`, 'GET app/home []'],
}))

/** How pages follow each other, and what leads back. */
export const historyRules: readonly Rule[] = [...goingBack, ...pressedTwice]
