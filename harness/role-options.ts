import type { Log } from '#server/logging'
import type { Profile } from '../sp-emulator/index.ts'

export type Role = 'idp' | 'es' | 'app'

export const everyRole: readonly Role[] = ['idp', 'es', 'app']

/** Every profile of the application, for whoever checks a choice before the application is loaded. */
export const appProfiles = Object.keys({ kibana: true, careful: true } satisfies Record<Profile, true>)

/** What a caller may choose. What is absent comes from the configuration files, else from the default world (README, "The default world"). */
export interface RoleOptions {
  /** The roles to run; all of them unless said otherwise. */
  readonly roles?: readonly Role[]
  readonly host?: string
  /** 0 picks a free port, and every URL, entity id and realm setting follows. */
  readonly idpPort?: number
  readonly esPort?: number
  readonly appPort?: number
  /** Where browsers and peers reach a role when that is not where it listens, as behind a container's published port. */
  readonly publicUrls?: Partial<Record<Role, string>>
  /** Where signing keys are kept; in memory when absent. */
  readonly keysFolder?: string
  /** Where signing keys are kept when nobody named a folder, so that a restart breaks nobody's trust. It may turn out not to be writable. */
  readonly keysCache?: string
  /** The path of an `elasticsearch.yml`. */
  readonly elasticsearchYml?: string
  /** The path of a `sloop.yml`. */
  readonly sloopYml?: string
  readonly esVersion?: string
  /** The variables that an `elasticsearch.yml` may name; none when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** The password of the service user `elastic`. */
  readonly elasticPassword?: string
  /** The IdP's metadata, for an Elasticsearch that runs without our IdP. */
  readonly idpMetadataUrl?: string
  /** The service provider's metadata, for an IdP that runs without our application. */
  readonly spMetadataUrl?: string
  /** Elasticsearch, for an application that runs without ours. */
  readonly esUrl?: string
  /** How careful the application is about logouts: as Kibana, or more so. */
  readonly appProfile?: Profile
  /** Whether users of the application choose how to log in, although there is one way only. */
  readonly appSelector?: boolean
  /** Whether the tokens of logins are kept to be probed. They are secrets, and there is no end to them: for tests only. */
  readonly recordsTokens?: boolean
  readonly log?: Log
  /** Aborted when the roles are to stop although they are not ready yet. */
  readonly signal?: AbortSignal
}

/** Roles that are ready: keys, metadata and realms are loaded. Only those that run have a URL. */
export interface RunningRoles {
  readonly idpUrl?: string
  readonly esUrl?: string
  readonly appUrl?: string
  close(): Promise<void>
}

export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

/** @throws ConfigError with one sentence when what was asked for cannot work */
export type StartRoles = (options: RoleOptions) => Promise<RunningRoles>
