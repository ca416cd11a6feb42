import type { Clock } from '#server/clock'
import { type HttpGetOptions, httpGet } from '#server/http-get'
import { newSecret } from '#server/ids'
import type { PartyJournal } from '#server/journal/party-journal'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import type { Store } from '#server/store/store'
import {
  createWebApp,
  type Profile,
  type ProviderOptions,
  type SameSite,
  type WebApp,
} from '../../sp-emulator/index.ts'
import { elasticUser } from '../default-world.ts'
import { createReadiness, type Readiness } from './readiness.ts'

export interface WebAppPlace {
  readonly name: string
  readonly baseUrl: string
  /** The realm to ask for; unless given, the one that has the application's ACS. */
  readonly realm?: string | undefined
  /** The ways to log in; by that one realm unless given. */
  readonly providers?: readonly ProviderOptions[] | undefined
  readonly esUrl: string
  readonly elasticPassword: string | undefined
  /** Whom to trust at an Elasticsearch behind https, when not those whom the machine trusts. */
  readonly trust?: HttpGetOptions['tls']
  readonly profile?: Profile | undefined
  readonly selector?: boolean | undefined
  readonly sameSite?: SameSite | undefined
  readonly clock: Clock
  /** Where it keeps what changes; in this process when absent. */
  readonly store?: Store | undefined
  readonly journal: PartyJournal
  readonly log: Log
}

export interface WebAppRole {
  readonly app: WebApp
  readonly readiness: Readiness
}

/** Puts the web application on its socket. It looks for Elasticsearch when somebody comes. */
export function runWebApp(listener: Listener, place: WebAppPlace): WebAppRole {
  const { name, baseUrl, realm, providers, esUrl, elasticPassword, profile, selector, sameSite, trust, clock } = place
  const { store, journal, log } = place
  const { username, password } = elasticUser(elasticPassword)
  const app = createWebApp({
    name,
    baseUrl,
    elasticsearch: { node: esUrl, username, password, ...(trust && { tls: trust }) },
    ...(realm !== undefined && { realm }),
    ...(providers !== undefined && { providers }),
    ...(profile !== undefined && { profile }),
    ...(selector !== undefined && { selector }),
    ...(sameSite !== undefined && { sameSite }),
    clock,
    store,
    journal,
    newSecret,
    log,
  })
  const readiness = createReadiness(`[${esUrl}] has not answered yet`)
  listener.mount(readiness.serve(app.fetch))
  return { app, readiness }
}

/** Waits for an Elasticsearch that lets the application in, since nobody can log in before. Settles then, or when given up. */
export function reachElasticsearch(
  { readiness }: WebAppRole,
  { baseUrl, esUrl, elasticPassword, trust, log, signal }: WebAppPlace & { signal: AbortSignal },
): Promise<unknown> {
  const ask = () => readiness.attempt(() => askElasticsearch(esUrl, elasticPassword, trust))
  return keepTrying(ask, { log, signal, what: `reaching Elasticsearch at ${esUrl} for the application at ${baseUrl}` })
}

/** The call that every page of the application makes, too. */
async function askElasticsearch(
  esUrl: string,
  elasticPassword: string | undefined,
  trust: HttpGetOptions['tls'],
): Promise<void> {
  const { username, password } = elasticUser(elasticPassword)
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const { status } = await httpGet(`${esUrl}/_security/_authenticate`, {
    headers: { authorization },
    ...(trust && { tls: trust }),
  })
  if (status === 401) throw new Error(`[${esUrl}] refuses the user ${username} with 401`)
  if (status !== 200) throw new Error(`[${esUrl}] answers ${status}, expected an Elasticsearch`)
}
