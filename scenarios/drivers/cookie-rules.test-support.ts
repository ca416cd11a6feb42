import type { Rule, Scene } from './agreement.test-support.ts'

const every = ['lax=1; SameSite=Lax', 'strict=1; SameSite=Strict', 'none=1; SameSite=None; Secure', 'bare=1']

/** Ways from a page of the IdP's site to the application, and which of the four cookies go along. */
interface Way {
  readonly way: string
  readonly go: (scene: Scene) => Promise<void>
  readonly sent: string
  /** Where third-party cookies are blocked; the same unless said. */
  readonly blocked?: string
}

const home = ({ at }: Scene) => at('app', '/home')
const framing = (scene: Scene, ...frame: readonly string[]) => scene.tab.open(scene.at('idp', '/frames', { frame }))
async function pressAt({ tab }: Scene, url: string, control: string): Promise<void> {
  await tab.open(url)
  await tab.press(control)
}

const ways: readonly Way[] = [
  { way: 'an address that is typed', go: (scene) => scene.tab.open(home(scene)), sent: 'bare lax none strict' },
  {
    way: 'a redirect of an address that is typed',
    go: (scene) => scene.tab.open(scene.at('idp', '/redirect', { to: home(scene) })),
    sent: 'bare lax none strict',
  },
  {
    way: 'a link of another site',
    go: (scene) => pressAt(scene, scene.at('idp', '/page', { to: home(scene) }), 'GET'),
    sent: 'bare lax none',
  },
  {
    way: 'a link of a name below',
    go: (scene) => pressAt(scene, scene.at('sub.app', '/page', { to: home(scene) }), 'GET'),
    sent: 'bare lax none strict',
  },
  {
    way: 'a link of the same site, by way of another',
    go: (scene) =>
      pressAt(scene, scene.at('app', '/page', { to: scene.at('idp', '/redirect', { to: home(scene) }) }), 'GET'),
    sent: 'bare lax none strict',
  },
  {
    way: 'a script of another site',
    go: (scene) => scene.tab.open(scene.at('idp', '/auto-get', { to: home(scene) })),
    sent: 'bare lax none',
  },
  {
    way: 'a form of another site, posted',
    go: (scene) => pressAt(scene, scene.at('idp', '/page', { to: home(scene) }), 'POST'),
    sent: 'bare none',
  },
  {
    way: 'a form that a script of another site posts',
    go: (scene) => scene.tab.open(scene.at('idp', '/auto-post', { to: home(scene) })),
    sent: 'bare none',
  },
  {
    way: 'a form of no site',
    go: (scene) => scene.tab.post({ action: home(scene), fields: {} }),
    sent: 'bare none',
  },
  {
    way: 'a form of another site whose answer redirects',
    go: (scene) =>
      pressAt(scene, scene.at('idp', '/page', { to: scene.at('idp', '/redirect', { to: home(scene) }) }), 'POST'),
    sent: 'bare lax none',
  },
  {
    way: 'a form of another site whose answer has it posted again',
    go: (scene) =>
      pressAt(
        scene,
        scene.at('idp', '/page', { to: scene.at('idp', '/redirect', { to: home(scene), status: '307' }) }),
        'POST',
      ),
    sent: 'bare none',
  },
  { way: 'a frame', go: (scene) => framing(scene, home(scene)), sent: 'none', blocked: '' },
  {
    way: 'a redirect within a frame',
    go: (scene) => framing(scene, scene.at('idp', '/redirect', { to: home(scene) })),
    sent: 'none',
    blocked: '',
  },
  {
    way: 'a form within a frame that its script posts',
    go: (scene) => framing(scene, scene.at('idp', '/auto-post', { to: home(scene) })),
    sent: 'none',
    blocked: '',
  },
  {
    way: 'a frame of the same site',
    go: (scene) => scene.tab.open(scene.at('app', '/frames', { frame: home(scene) })),
    sent: 'bare lax none strict',
  },
  {
    way: 'a frame of another site that leads back',
    go: (scene) =>
      scene.tab.open(scene.at('app', '/frames', { frame: scene.at('idp', '/auto-get', { to: home(scene) }) })),
    sent: 'none',
  },
  {
    way: 'a frame of another site that posts back',
    go: (scene) =>
      scene.tab.open(scene.at('app', '/frames', { frame: scene.at('idp', '/auto-post', { to: home(scene) }) })),
    sent: 'none',
  },
  {
    way: 'a frame of the same site within a frame of another',
    go: (scene) =>
      scene.tab.open(scene.at('app', '/frames', { frame: scene.at('idp', '/frames', { frame: home(scene) }) })),
    sent: 'none',
    blocked: '',
  },
]

const cookiesOf = (asked: readonly string[], path = '/home') =>
  asked.filter((what) => what.includes(`${path} [`)).map((what) => what.replace(/^.*\[(.*)\]$/, '$1'))

/** By every way in turn, which costs one browser. */
async function sentByEveryWay(scene: Scene): Promise<Readonly<Record<string, readonly string[]>>> {
  const sent: Record<string, readonly string[]> = {}
  await scene.tab.open(scene.at('app', '/set', { 'set-cookie': every }))
  for (const { way, go } of ways) {
    scene.asked()
    await go(scene)
    sent[way] = cookiesOf(scene.asked())
  }
  return sent
}

const sending: readonly Rule[] = [
  {
    title: 'which cookies go along depends on SameSite, on who began, and on the pages around a frame',
    tell: sentByEveryWay,
    expected: Object.fromEntries(ways.map(({ way, sent }) => [way, [sent]])),
  },
  {
    title: 'where third-party cookies are blocked, none goes along into a frame of another site',
    conditions: { thirdPartyCookies: 'blocked' },
    tell: sentByEveryWay,
    expected: Object.fromEntries(ways.map(({ way, sent, blocked = sent }) => [way, [blocked]])),
  },
]

async function afterwards({ tab, at, asked }: Scene, site = 'app'): Promise<string | undefined> {
  asked()
  await tab.open(at(site, '/home'))
  return cookiesOf(asked())[0]
}

const settings: readonly [title: string, setCookie: string, expected: Readonly<Record<string, string>>][] = [
  ['a cookie without a domain is for its host alone', 'one=1', { app: 'one', 'sub.app': '', idp: '' }],
  [
    'a cookie with a domain is for the names below too',
    'all=1; Domain=app.localhost',
    { app: 'all', 'sub.app': 'all', idp: '' },
  ],
  ['a cookie for another host is not taken', 'other=1; Domain=idp.localhost', { app: '', idp: '' }],
  ['a cookie for everybody is not taken', 'every=1; Domain=localhost', { app: '', idp: '' }],
  ['Secure is no obstacle at the loopback address', 'secure=1; Secure', { app: 'secure' }],
  ['SameSite=None without Secure is not taken', 'none=1; SameSite=None', { app: '' }],
  ['a cookie that is over is gone', 'old=1; Max-Age=0', { app: '' }],
  ['a cookie of another path stays there', 'path=1; Path=/inner', { app: '' }],
  ['an attribute that nobody knows is none', 'odd=1; SameSite=Odd', { app: 'odd' }],
]

const setting: readonly Rule[] = settings.map(([title, cookie, expected]) => ({
  title,
  tell: async (scene) => {
    await scene.tab.open(scene.at('app', '/set', { 'set-cookie': cookie }))
    const sites: Record<string, string | undefined> = {}
    for (const site of Object.keys(expected)) sites[site] = await afterwards(scene, site)
    return sites
  },
  expected,
}))

const settingFromElsewhere = (
  title: string,
  go: (scene: Scene, set: string) => Promise<void>,
  expected: string,
): Rule => ({
  title,
  tell: async (scene) => {
    await go(scene, scene.at('app', '/set', { 'set-cookie': every }))
    return afterwards(scene)
  },
  expected,
})

const inFrame = (scene: Scene, set: string) => framing(scene, set)

const keeping: readonly Rule[] = [
  settingFromElsewhere(
    'every cookie is taken behind a POST of another site',
    (scene, set) => pressAt(scene, scene.at('idp', '/page', { to: set }), 'POST'),
    'bare lax none strict',
  ),
  settingFromElsewhere('in a frame only a cookie for every site is taken', inFrame, 'none'),
  settingFromElsewhere(
    'in a frame that another site leads back only a cookie for every site is taken',
    (scene, to) => scene.tab.open(scene.at('app', '/frames', { frame: scene.at('idp', '/auto-post', { to }) })),
    'none',
  ),
  {
    ...settingFromElsewhere('in a frame no cookie is taken where those of third parties are blocked', inFrame, ''),
    conditions: { thirdPartyCookies: 'blocked' },
  },
  {
    title: 'cookies that are set aside are those of one host, and come back as they were',
    tell: async (scene) => {
      const { browser, tab, at } = scene
      await tab.open(at('idp', '/set', { 'set-cookie': 'idp=1' }))
      await tab.open(at('app', '/set', { 'set-cookie': every }))
      await browser.setAsideCookies(at('app', '/'))
      const without = [await afterwards(scene), await afterwards(scene, 'idp')]
      await browser.bringBackCookies()
      const again = await afterwards(scene)
      scene.asked()
      await tab.post({ action: at('app', '/home'), fields: {} })
      return [...without, again, ...cookiesOf(scene.asked())]
    },
    expected: ['', 'idp', 'bare lax none strict', 'bare none'],
  },
  {
    title: 'cookies that were copied come back after they are gone',
    tell: async (scene) => {
      const { browser, tab, at } = scene
      await tab.open(at('app', '/set', { 'set-cookie': 'one=1' }))
      await browser.copyCookies(at('app', '/'))
      const still = await afterwards(scene)
      await tab.open(at('app', '/set', { 'set-cookie': 'one=; Max-Age=0' }))
      const gone = await afterwards(scene)
      await browser.bringBackCookies()
      return [still, gone, await afterwards(scene)]
    },
    expected: ['one', '', 'one'],
  },
]

/** Which cookies are taken and sent. */
export const cookieRules: readonly Rule[] = [...sending, ...setting, ...keeping]
