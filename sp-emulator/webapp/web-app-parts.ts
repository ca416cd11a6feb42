import type { Clock } from '#server/clock'
import type { Log } from '#server/logging'
import type { Replicas } from '#server/store/store'
import type { ElasticsearchSaml } from './elasticsearch-saml.ts'
import type { ReplayMemory } from './login/replay-memory.ts'
import { isSaml, type Provider, type SamlProvider } from './providers/provider.ts'
import type { SessionCookies } from './sessions/session-cookie.ts'
import type { SessionStore } from './sessions/session-store.ts'
import type { Profile } from './web-app-options.ts'

/** Where Responses arrive, below the base path. */
export const acsPath = '/api/security/saml/callback'

/** What the routes and flows of one application share. */
export interface WebAppParts {
  readonly baseUrl: URL
  /** What stands before every address of our own; empty, or `/kibana`. */
  readonly basePath: string
  readonly cookies: SessionCookies
  readonly title: string
  readonly profile: Profile
  /** In the order in which they are asked. */
  readonly providers: readonly Provider[]
  /** Whether users choose on `/login` how to log in. */
  readonly hasSelector: boolean
  readonly elasticsearch: ElasticsearchSaml
  readonly sessions: SessionStore
  readonly replays: ReplayMemory
  /** What keeps the application and its replicas alike; absent where there are none. */
  readonly replicas?: Replicas | undefined
  readonly clock: Clock
  readonly newSecret: () => string
  readonly log: Log
}

type Providers = Pick<WebAppParts, 'providers'>

/** The provider of a session, which may have been configured away since. */
export function findProvider({ providers }: Providers, name: string | undefined): Provider | undefined {
  return providers.find((provider) => provider.name === name)
}

/** The SAML providers in their order, the one of the session first (web-app-flows §1.4 (b)). */
export function samlProviders({ providers }: Providers, sessionProvider?: string): readonly SamlProvider[] {
  const isOwn = ({ name }: SamlProvider): boolean => name === sessionProvider
  return providers.filter(isSaml).sort((one, other) => Number(isOwn(other)) - Number(isOwn(one)))
}
