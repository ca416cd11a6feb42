import { type SettableClock, settableClock } from '#server/clock'
import type { Log } from '#server/logging'
import { createInMemoryTokenStore } from '../tokens/in-memory-token-store.ts'
import { createTokenService, type TokenService } from '../tokens/token-service.ts'
import type { TokenStore } from '../tokens/token-store.ts'
import { createElasticsearch, type Elasticsearch, type ElasticsearchOptions } from './elasticsearch.ts'
import { fakeRealm } from './fake-realm.test-support.ts'

export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The JSON of the answer. */
  readonly json: Record<string, unknown>
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error'
  readonly facts: object
  readonly message: string
}

export interface Login {
  readonly accessToken: string
  readonly refreshToken: string
}

export interface TestNode {
  readonly es: Elasticsearch
  readonly clock: SettableClock
  readonly tokens: TokenService
  /** Where the tokens are kept, unless the options bring a service of their own. */
  readonly store: TokenStore
  readonly logged: LogLine[]
  /** Calls as `elastic`; a body is sent as JSON, text as it is. */
  call(line: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>
  /** Logs `<user> <session>` in at a realm. */
  login(who?: string, realm?: string): Promise<Login>
}

export const basic = (username: string, password = 'secret'): { authorization: string } => ({
  authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
})

export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` })

const users = [
  { username: 'elastic', password: 'secret', roles: ['superuser'] },
  { username: 'kibana_system', password: 'secret', roles: ['kibana_system'] },
  { username: 'watcher', password: 'secret', roles: ['monitoring_user', 'gone'] },
]

/** A node with one fake realm, three service users and a clock that stands at noon. */
export function testNode(options: Partial<ElasticsearchOptions> = {}): TestNode {
  const clock = settableClock('2031-05-04T12:00:00Z')
  const store = createInMemoryTokenStore()
  const tokens = createTokenService({ store, clock })
  const logged: LogLine[] = []
  const es = createElasticsearch({ realms: [fakeRealm()], tokens, users, clock, log: recordInto(logged), ...options })

  const call: TestNode['call'] = async (line, body, headers = {}) => {
    const [method = '', path = ''] = line.split(' ')
    return readAnswer(await es.fetch(makeRequest(method, path, { body, headers })))
  }
  const login: TestNode['login'] = async (who = 'alice s1', realm) => {
    const content = Buffer.from(who).toString('base64')
    const { json } = await call('POST /_security/saml/authenticate', { content, ids: [], ...(realm && { realm }) })
    return { accessToken: String(json['access_token']), refreshToken: String(json['refresh_token']) }
  }
  return { es, clock, tokens, store, logged, call, login }
}

function makeRequest(method: string, path: string, init: { body: unknown; headers: Record<string, string> }): Request {
  const headers = new Headers({ ...basic('elastic'), ...init.headers })
  if (headers.get('authorization') === 'none') headers.delete('authorization')
  if (init.body === undefined) return new Request(`http://es.test${path}`, { method, headers })
  if (!headers.has('content-type')) headers.set('content-type', 'application/json')
  const body = typeof init.body === 'string' ? Buffer.from(init.body) : Buffer.from(JSON.stringify(init.body))
  const request = new Request(`http://es.test${path}`, { method, headers, body })
  if (headers.get('content-type') === 'none') request.headers.delete('content-type')
  return request
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text()
  const json = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
  return { status: response.status, headers: response.headers, text, json }
}

/** A log that is kept in these lines. */
export function recordInto(lines: LogLine[]): Log {
  const record = (level: LogLine['level']) => (facts: object, message: string) => {
    lines.push({ level, facts, message })
  }
  return { info: record('info'), warn: record('warn'), error: record('error') }
}

/** The error object of an answer in the usual envelope. */
export function errorOf(answer: Answer): Record<string, unknown> {
  return answer.json['error'] as Record<string, unknown>
}
