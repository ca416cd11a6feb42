import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { BrowserConditions } from '../scenario/scenario.ts'
import type { Tab, UserAgent } from './user-agent.ts'

/** The addresses of small sites, each name below localhost one of its own, and what they were asked. */
export interface Sites {
  at(site: string, path: string, query?: Readonly<Record<string, string | readonly string[]>>): string
  /** Of every request: method, site, path and the names of its cookies. */
  readonly asked: readonly string[]
  close(): Promise<void>
}

const linkAndForm = (to: string) =>
  `<a href="${to}">GET</a><form method="post" action="${to}"><button>POST</button></form>`
const pressing = (what: string) => `<script>document.querySelector('${what}').click()</script>`

/** Pages by their path; `to` is where they lead. */
const pages: Readonly<Record<string, (to: string, query: URLSearchParams) => string>> = {
  '/page': linkAndForm,
  '/fields': (to) =>
    `<form method="post" action="${to}"><input type="hidden" name="a" value="1"><input name="b"><button>POST</button></form>`,
  '/auto-post': (to) => `<form method="post" action="${to}"><button>Continue</button></form>${pressing('button')}`,
  '/auto-get': (to) => `<a href="${to}">Continue</a>${pressing('a')}`,
  '/frames': (_to, query) =>
    query
      .getAll('frame')
      .map((src) => `<iframe src="${src}"></iframe>`)
      .join(''),
  '/refresh': (to, query) => `<meta http-equiv="refresh" content="${query.get('seconds')}; url=${to}">waiting`,
  '/noscript': (to) => `<p>both</p><noscript><a href="${to}">Without scripts</a></noscript>`,
}

const redirects = ['/redirect', '/circle']

/** Starts them. A path without a page says what came with the request; `/set` sets cookies, `/redirect` redirects, `/circle` to itself, `/reset` gives no answer. */
export async function startSites(): Promise<Sites> {
  const asked: string[] = []
  const server = createServer(async (request, response) => {
    const { method, headers, socket } = request
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://x')
    const to = searchParams.get('to') ?? (pathname === '/circle' ? '/circle' : '')
    const cookies = headers.cookie?.split('; ').map((pair) => pair.split('=')[0]) ?? []
    const what = `${method} ${headers.host?.split('.localhost')[0]}${pathname} [${cookies.toSorted().join(' ')}]`
    const body = await text(request)
    asked.push(what)
    if (pathname === '/reset') return void socket.resetAndDestroy()
    const status = Number(searchParams.get('status') ?? (redirects.includes(pathname) ? 302 : 200))
    for (const name of ['set-cookie', 'x-frame-options', 'content-security-policy', 'referrer-policy'])
      if (searchParams.has(name)) response.setHeader(name, searchParams.getAll(name))
    if (redirects.includes(pathname)) return void response.writeHead(status, { location: to }).end()
    response.writeHead(status, { 'content-type': 'text/html', 'cache-control': 'no-store' })
    const said = `${what} from=[${headers['sec-fetch-site']}] origin=[${headers.origin ?? ''}] body=[${body}]`
    response.end(`<!doctype html><body>${pages[pathname]?.(to, searchParams) ?? said}</body>`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    asked,
    at: (site, path, query = {}) => {
      const pairs = Object.entries(query).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))
      return `http://${site}.localhost:${port}${path}${pairs.length > 0 ? `?${new URLSearchParams(pairs)}` : ''}`
    },
    close: () => {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

/** What a rule is told with: a browser, its first tab, and the sites. */
export interface Scene extends Pick<Sites, 'at'> {
  readonly browser: UserAgent
  readonly tab: Tab
  /** What the sites were asked since the last call. */
  asked(): readonly string[]
  /** What the page says. */
  says(): Promise<string>
}

/** A behaviour that every driver has: what it leads to. */
export interface Rule {
  readonly title: string
  readonly conditions?: BrowserConditions
  readonly tell: (scene: Scene) => Promise<unknown>
  readonly expected: unknown
}

/** Tells a rule with a new browser, and answers what it led to. */
export async function tellRule(
  { tell }: Rule,
  { browser, sites }: { browser: UserAgent; sites: Sites },
): Promise<unknown> {
  const tab = await browser.tab('first')
  let known = sites.asked.length
  const asked = () => {
    const since = sites.asked.slice(known).filter((what) => !what.includes('favicon'))
    known = sites.asked.length
    return since
  }
  return tell({ browser, tab, at: sites.at, asked, says: async () => (await tab.see()).text })
}

/** What the sites were asked, without cookies. */
const requests = (scene: Scene): readonly string[] => scene.asked().map((what) => what.replace(/ \[.*/, ''))
export const openPage = async ({ tab, at, asked }: Scene, to: string) => {
  await tab.open(at('app', '/page', { to }))
  asked()
}
/** What goes on behind the next step. */
export async function behind(scene: Scene, step: () => Promise<void>): Promise<readonly string[]> {
  scene.asked()
  await step()
  return requests(scene)
}
export const refusal = (step: Promise<unknown>, { at }: Scene) =>
  step.then(
    () => 'done',
    (error: unknown) => String(error).replaceAll(at('app', ''), '<app>'),
  )
