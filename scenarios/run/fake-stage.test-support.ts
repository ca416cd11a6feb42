import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import type { IssuedTokens, Lab } from '../../harness/index.ts'
import type { OpenBrowser, Tab, UserAgent } from '../drivers/user-agent.ts'
import { startServer } from '../network/small-server.test-support.ts'

interface Situation {
  /** The tokens that Elasticsearch accepts. */
  readonly alive?: readonly string[]
  /** The refresh token that comes for one; a new one unless said. */
  readonly gives?: Readonly<Record<string, string>>
  /** What Elasticsearch says of any other token, instead of 401 and 400. */
  readonly otherStatus?: number
}

/** An Elasticsearch that is asked for tokens and for nothing else; `tried` are those, in this order. */
export async function fakeNode({ alive = [], gives = {}, otherStatus }: Situation) {
  const tried: string[] = []
  const port = await startServer(async (request, response) => {
    const isRefresh = request.method === 'POST'
    const token = isRefresh
      ? await refreshTokenIn(request)
      : String(request.headers.authorization).slice('Bearer '.length)
    tried.push(token)
    response.writeHead(alive.includes(token) ? 200 : (otherStatus ?? (isRefresh ? 400 : 401)))
    response.end(JSON.stringify({ refresh_token: gives[token] ?? 'new' }))
  })
  const serviceUser = { username: 'elastic', password: 'changeme' }
  return { esUrl: `http://127.0.0.1:${port}`, serviceUser, tried }
}

async function refreshTokenIn(request: IncomingMessage): Promise<string> {
  return String(((await json(request)) as Record<string, unknown>)['refresh_token'])
}

export const addresses = {
  appUrl: 'http://app.test',
  applicationUrls: { app: 'http://app.test', second: 'http://second.test' },
  partnerUrls: { wiki: 'http://wiki.test' },
  idpUrl: 'http://idp.test',
}

interface Sight {
  readonly applicationStatus?: number
  readonly portal?: string
  /** What every page says. */
  readonly page?: string
}

/** Browsers of people who do whatever they are told and see what the test says; `done` is what they were told, each browser by its number, each tab by its name. */
export function fakeBrowsers({ applicationStatus = 401, portal = 'Nobody', page = '' }: Sight = {}) {
  const done: string[] = []
  let opened = 0
  const open: OpenBrowser = async () => {
    opened += 1
    const browser = `browser ${opened}`
    const at = (where: string) => (what: string) => async (whom?: unknown) =>
      void done.push([where, what, whom].filter((each) => each !== undefined).join(', '))
    const doing = at(browser)
    const tab = (name: string): Tab => {
      const does = at(`${browser} ${name}`)
      return {
        open: does('open'),
        post: async ({ action }) => does('post')(action),
        press: does('press'),
        pressTwice: does('press twice'),
        back: does('back'),
        reload: does('reload'),
        close: does('close'),
        see: async () => ({ url: 'http://app.test/page', text: page }),
      }
    }
    const agent: UserAgent = {
      kind: 'http',
      tab: async (name) => tab(name),
      hasCookies: async () => false,
      peek: async (url) =>
        url.startsWith('http://idp.test') ? { status: 200, text: portal } : { status: applicationStatus, text: '' },
      setAsideCookies: doing('set aside'),
      copyCookies: doing('copy'),
      bringBackCookies: doing('bring back'),
      screenshot: async () => undefined,
      close: doing('close'),
    }
    return agent
  }
  return { open, done }
}

/** A world that notes what an operator asks of it in `called`, and in which nothing has happened but what the test says. */
export function fakeLab(more: object = {}) {
  const called: unknown[] = []
  const calling =
    (name: string) =>
    async (...given: unknown[]) => {
      called.push([name, ...given])
      return {}
    }
  const lab = {
    ...addresses,
    ...{ esUrl: 'http://es.test', appProfile: 'kibana', appSelector: false },
    issuedTokens: (): readonly IssuedTokens[] => [],
    faults: { arm: calling('faults.arm'), list: async () => ({ faults: [] }) },
    clocks: { set: calling('clocks.set') },
    partners: { change: calling('partners.change') },
    journal: { read: async () => ({ entries: [], next: 0 }), waitFor: calling('journal.waitFor') },
    world: async () => ({ parties, realms }),
    idp: {
      behaviour: { change: calling('behaviour.change') },
      keys: { rotate: calling('keys.rotate') },
      sessions: { list: async () => ({ sessions }), end: calling('sessions.end') },
      serviceProviders: { add: calling('serviceProviders.add'), remove: calling('serviceProviders.remove') },
      mint: async (given: object) => {
        await calling('mint')(given)
        return { url: 'http://app.test/logout?SAMLRequest=a' }
      },
      logouts: { list: async () => ({ logouts: [] }) },
    },
    ...more,
  }
  return { lab: lab as unknown as Lab, called }
}

const sessions = [
  { id: 's1', user: 'alice' },
  { id: 's2', user: 'bob' },
  { id: 's3', user: 'alice' },
]
const endpoints = { acs: 'http://wiki.test/acs' }
const parties = [
  { name: 'idp', role: 'idp', entityId: 'urn:idp' },
  { name: 'es', role: 'es', entityId: null, version: '9.2' },
  { name: 'app', role: 'app', entityId: 'urn:app', endpoints: {} },
  { name: 'wiki', role: 'partner', entityId: 'urn:wiki', endpoints, certificate: 'PEM' },
]
const realms = [{ name: 'saml1', entityId: 'urn:app', acs: 'http://app.test/acs' }]
