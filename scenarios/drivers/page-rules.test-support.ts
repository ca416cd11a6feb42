import { behind, openPage, type Rule, refusal } from './agreement.test-support.ts'

const closed = 'No page: the connection was closed without an answer'

const requestsOfPages: readonly Rule[] = [
  {
    title: 'a form says where it comes from and carries its fields',
    tell: async (scene) => {
      await openPage(scene, scene.at('idp', '/home'))
      await scene.tab.press('POST')
      return (await scene.says()).replaceAll(scene.at('app', ''), '<app>')
    },
    expected: 'POST idp/home [] from=[cross-site] origin=[<app>] body=[]',
  },
  {
    title: 'a page may keep its name from other sites',
    tell: async (scene) => {
      const { tab, at, says } = scene
      await tab.open(at('app', '/page', { to: at('idp', '/home'), 'referrer-policy': 'same-origin' }))
      await tab.press('POST')
      return says()
    },
    expected: 'POST idp/home [] from=[cross-site] origin=[null] body=[]',
  },
  {
    title: 'what is written into a field is posted with the others',
    tell: async ({ tab, at, says }) => {
      await tab.open(at('app', '/fields', { to: '/home' }))
      await tab.press('POST', { b: 'x &' })
      return (await says()).replaceAll(at('app', ''), '<app>')
    },
    expected: 'POST app/home [] from=[same-origin] origin=[<app>] body=[a=1&b=x+%26]',
  },
  {
    title: 'a field that is not there is told',
    tell: async (scene) => {
      await scene.tab.open(scene.at('app', '/fields', { to: '/home' }))
      return refusal(scene.tab.press('POST', { c: '1' }), scene)
    },
    expected: 'Error: the form has no field [c] that could be filled',
  },
  {
    title: 'a form of no site says that it is of none',
    tell: async ({ tab, at, says }) => {
      await tab.post({ action: at('app', '/home'), fields: { a: 'x y', b: '&=' } })
      return says()
    },
    expected: 'POST app/home [] from=[cross-site] origin=[null] body=[a=x+y&b=%26%3D]',
  },
  {
    title: 'what is typed comes from nowhere, also behind a redirect',
    tell: async ({ tab, at, says }) => {
      await tab.open(at('app', '/redirect', { to: at('idp', '/home') }))
      return says()
    },
    expected: 'GET idp/home [] from=[none] origin=[] body=[]',
  },
  {
    title: 'a redirect of a POST is a GET, and with 307 a POST',
    tell: async (scene) => {
      await openPage(scene, scene.at('app', '/redirect', { to: '/home', status: '303' }))
      const see = await behind(scene, () => scene.tab.press('POST'))
      await openPage(scene, scene.at('app', '/redirect', { to: '/home', status: '307' }))
      return [...see, ...(await behind(scene, () => scene.tab.press('POST')))]
    },
    expected: ['POST app/redirect', 'GET app/home', 'POST app/redirect', 'POST app/home'],
  },
  {
    title: 'a control that is not there is told with those that are',
    tell: async (scene) => {
      await openPage(scene, '/')
      return (await refusal(scene.tab.press('Log out'), scene)).replace(/page\?\S+/, 'page')
    },
    expected: 'Error: <app>/page has no control [Log out]; it has [GET, POST] and says: GET\nPOST',
  },
]

const goingOn: readonly Rule[] = [
  {
    title: 'a page that went on by itself, and one that waited for its time, lead to the page that stays',
    tell: async (scene) => {
      const { tab, at } = scene
      const refresh = at('app', '/refresh', { seconds: '0', to: at('app', '/home') })
      return behind(scene, () => tab.open(at('idp', '/auto-post', { to: refresh })))
    },
    expected: ['GET idp/auto-post', 'POST app/refresh', 'GET app/home'],
  },
  {
    title: 'a page with frames goes on behind them',
    tell: async (scene) => {
      const { tab, at } = scene
      const frame = [at('idp', '/auto-get', { to: at('app', '/end') })]
      const asked = await behind(scene, () => tab.open(at('app', '/frames', { frame })))
      return [...asked, (await tab.see()).url === at('app', '/frames', { frame })]
    },
    expected: ['GET app/frames', 'GET idp/auto-get', 'GET app/end', true],
  },
  {
    title: 'with scripts off a page waits for a person, and shows what it has for them',
    conditions: { scripts: 'off' },
    tell: async (scene) => {
      const { tab, at, says } = scene
      const waits = await behind(scene, () => tab.open(at('app', '/auto-post', { to: '/home' })))
      const goes = await behind(scene, () => tab.press('Continue'))
      await tab.open(at('app', '/noscript', { to: '/home' }))
      return [waits, goes, await says(), await behind(scene, () => tab.press('Without scripts'))]
    },
    expected: [['GET app/auto-post'], ['POST app/home'], 'both\nWithout scripts', ['GET app/home']],
  },
  {
    title: 'with scripts off a refresh goes on, and a frame does not',
    conditions: { scripts: 'off' },
    tell: async (scene) => {
      const { tab, at } = scene
      const frame = at('idp', '/auto-get', { to: at('app', '/end') })
      const frames = at('app', '/frames', { frame })
      return behind(scene, () => tab.open(at('app', '/refresh', { seconds: '0', to: frames })))
    },
    expected: ['GET app/refresh', 'GET app/frames', 'GET idp/auto-get'],
  },
  {
    title: 'with scripts on nobody sees what is for others',
    tell: async ({ tab, at, says }) => {
      await tab.open(at('app', '/noscript', { to: '/home' }))
      return says()
    },
    expected: 'both',
  },
]

const refusing = (title: string, headers: Readonly<Record<string, string>>, isShown: boolean): Rule => ({
  title,
  tell: async (scene) => {
    const { tab, at } = scene
    const frame = at('app', '/auto-get', { to: at('app', '/end'), ...headers })
    return behind(scene, () => tab.open(at('idp', '/frames', { frame })))
  },
  expected: ['GET idp/frames', 'GET app/auto-get', ...(isShown ? ['GET app/end'] : [])],
})

const framing: readonly Rule[] = [
  refusing('a page in a frame goes on', {}, true),
  refusing('a page that denies frames is not shown in one', { 'x-frame-options': 'DENY' }, false),
  refusing(
    'a page that allows frames of its origin is not shown elsewhere',
    { 'x-frame-options': 'SAMEORIGIN' },
    false,
  ),
  refusing(
    "a page with frame-ancestors 'none' is not shown in a frame",
    { 'content-security-policy': "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'" },
    false,
  ),
  refusing(
    "a page with frame-ancestors 'self' is not shown elsewhere",
    { 'content-security-policy': "frame-ancestors 'self'" },
    false,
  ),
  refusing(
    'a page that allows frames of the web is shown, whatever X-Frame-Options says',
    { 'content-security-policy': 'frame-ancestors http: https:', 'x-frame-options': 'DENY' },
    true,
  ),
  {
    title: 'what a redirect says of frames is not asked',
    tell: async (scene) => {
      const { tab, at } = scene
      const frame = at('app', '/redirect', {
        to: at('app', '/end'),
        'x-frame-options': 'DENY',
        'content-security-policy': "frame-ancestors 'none'",
      })
      return behind(scene, () => tab.open(at('idp', '/frames', { frame })))
    },
    expected: ['GET idp/frames', 'GET app/redirect', 'GET app/end'],
  },
]

const noAnswers: readonly Rule[] = [
  {
    title: 'where no answer comes that is the page, and the one before is a step back',
    tell: async (scene) => {
      const { tab, at, says } = scene
      await openPage(scene, at('app', '/reset'))
      await tab.press('GET')
      const { url, text } = await tab.see()
      const refused = await refusal(tab.press('GET'), scene)
      await tab.back()
      return [url === at('app', '/reset'), text, refused, await says()]
    },
    expected: [true, closed, `Error: <app>/reset has no control [GET]; it has [] and says: ${closed}`, 'GET\nPOST'],
  },
  {
    title: 'a chain that ends at nobody ends there',
    tell: async ({ tab, at, says }) => {
      await tab.open(at('idp', '/auto-post', { to: at('app', '/redirect', { to: at('app', '/reset') }) }))
      return says()
    },
    expected: closed,
  },
  {
    title: 'redirects without end are no page',
    tell: async ({ tab, at, says }) => {
      await tab.open(at('app', '/circle'))
      return says()
    },
    expected: 'No page: too many redirects',
  },
  {
    title: 'a frame that nobody answers does not stop the page',
    tell: async ({ tab, at, says }) => {
      const frames = at('app', '/frames', { frame: at('idp', '/reset') })
      await tab.open(frames)
      await tab.open(at('app', '/home'))
      return says()
    },
    expected: 'GET app/home [] from=[none] origin=[] body=[]',
  },
  {
    title: 'a look neither leaves the page nor goes without cookies, and follows no redirect',
    tell: async ({ browser, tab, at, says }) => {
      await tab.open(at('app', '/set', { 'set-cookie': ['strict=1; SameSite=Strict', 'secure=1; Secure; HttpOnly'] }))
      const { status } = await browser.peek(at('app', '/redirect', { to: '/home' }))
      const { text } = await browser.peek(at('app', '/home'))
      const nobody = await browser.peek(at('app', '/reset'))
      return [status, text.replace(/ from.*/, ''), nobody, (await says()).replace(/ from.*/, '')]
    },
    expected: [302, 'GET app/home [secure strict]', { status: 0, text: closed }, 'GET app/set []'],
  },
]

/** How pages are asked for, follow each other, and stay away. */
export const pageRules: readonly Rule[] = [...requestsOfPages, ...goingOn, ...framing, ...noAnswers]
