import type { IncomingMessage } from 'node:http'
import { json } from 'node:stream/consumers'
import type { IssuedTokens } from '../harness/index.ts'
import type { UserAgent } from './drivers/user-agent.ts'
import { startServer } from './small-server.test-support.ts'
import type { World } from './truth.ts'

interface Situation {
  /** The tokens that Elasticsearch accepts. */
  readonly alive?: readonly string[]
  /** What Elasticsearch says of any other token, instead of 401 and 400. */
  readonly otherStatus?: number
  readonly issued?: readonly IssuedTokens[]
  /** Those beside the first. */
  readonly applications?: readonly string[]
}

/** A world with nothing in it but an Elasticsearch that is asked for tokens; `tried` are those, in this order. */
export async function fakeWorld({
  alive = [],
  otherStatus,
  issued = [],
  applications = [],
}: Situation): Promise<World & { tried: string[] }> {
  const tried: string[] = []
  const port = await startServer(async (request, response) => {
    const isRefresh = request.method === 'POST'
    const token = isRefresh
      ? await refreshTokenIn(request)
      : String(request.headers.authorization).slice('Bearer '.length)
    tried.push(token)
    response.writeHead(alive.includes(token) ? 200 : (otherStatus ?? (isRefresh ? 400 : 401))).end()
  })
  return {
    appUrl: 'http://app.test',
    applicationUrls: Object.fromEntries(['app', ...applications].map((name) => [name, `http://${name}.test`])),
    idpUrl: 'http://idp.test',
    esUrl: `http://127.0.0.1:${port}`,
    appProfile: 'kibana',
    appSelector: false,
    serviceUser: { username: 'elastic', password: 'changeme' },
    issuedTokens: () => issued,
    tried,
  }
}

async function refreshTokenIn(request: IncomingMessage): Promise<string> {
  return String(((await json(request)) as Record<string, unknown>)['refresh_token'])
}

interface Sight {
  readonly applicationStatus?: number
  readonly portal?: string
  readonly lastPage?: string
}

/** A person who does whatever they are told and sees what the test says; `done` is what they were told. */
export function fakeAgent({
  applicationStatus = 401,
  portal = 'Nobody',
  lastPage = '',
}: Sight): UserAgent & { done: string[] } {
  const done: string[] = []
  const doing =
    (what: string) =>
    async (where = '') =>
      void done.push(`${what} ${where}`.trim())
  return {
    kind: 'http',
    open: doing('open'),
    press: doing('press'),
    catchRedirect: async (control) => {
      done.push(`catch ${control}`)
      return 'http://app.test/logout?SAMLRequest=a&SigAlg=b&Signature=c'
    },
    see: async () => ({ url: 'http://app.test/last', text: lastPage }),
    peek: async (url) =>
      url.startsWith('http://app.test') ? { status: applicationStatus, text: '' } : { status: 200, text: portal },
    setAsideCookies: doing('set aside'),
    bringBackCookies: doing('bring back'),
    close: doing('close'),
    done,
  }
}
