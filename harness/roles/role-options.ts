import type { Log } from '#server/logging'
import type { TlsIdentity } from '#server/serve'
import type { Profile, Temper } from '../../sp-emulator/index.ts'
import type { TlsChoice } from '../keys/tls.ts'
import type { World } from '../world/world.ts'

export type Role = 'idp' | 'es' | 'app' | 'partner'

export const everyRole: readonly Role[] = ['idp', 'es', 'app', 'partner']

/** The addresses of an application of somebody else. */
export interface OwnApplication {
  /** Takes Responses. */
  readonly acs: string
  /** Takes LogoutRequests and LogoutResponses. */
  readonly slo?: string | undefined
  /** The origin of the ACS unless said otherwise. */
  readonly entityId?: string | undefined
}

/** A party whose socket has just opened and answers nothing yet. */
export interface PartySocket {
  /** `idp`, `es` or the name of an application or partner. */
  readonly name: string
  readonly host: string
  readonly port: number
  /** By what its socket is known where it speaks TLS; absent behind plain HTTP. */
  readonly tls?: TlsIdentity
}

/** What stands between a party and everybody who calls it. */
export interface Front {
  /** Where callers reach the party, on the same host; it stands in every URL of the party unless `publicUrls` says otherwise. */
  readonly port: number
  /** Called before any socket of the world closes: what it holds back ends, so that nobody waits for it any more. */
  letGo(): void
  /** Called when the socket of the party closes. */
  close(): Promise<void>
}

/** Asked for each party whose socket opens; where it answers nothing, nobody stands in front of that party. What it throws ends the start. */
export type InFront = (party: PartySocket) => Promise<Front | undefined>

/** What a caller may choose. What is absent comes from the configuration files, else from the default world (README, "The default world"). */
export interface RoleOptions {
  /** The roles to run; all of them unless said otherwise. */
  readonly roles?: readonly Role[]
  readonly host?: string
  /** 0 picks a free port, and every URL, entity id and realm setting follows. */
  readonly idpPort?: number
  readonly esPort?: number
  readonly appPort?: number
  readonly partnerPort?: number
  /** How many partners run at least; those of the world count among them. */
  readonly partners?: number
  /** How a partner behaves that is there beside those of the world. */
  readonly temper?: Temper
  /** Where browsers and peers reach a party when that is not where it listens, as behind a container's published port; by `idp`, `es` or the name of an application or partner. */
  readonly publicUrls?: Readonly<Record<string, string>>
  /** Every party is at `http://localhost:<port>`, for programs that cannot resolve names below it. */
  readonly everyoneAtLocalhost?: boolean
  /** Where signing keys are kept; in memory when absent. */
  readonly keysFolder?: string
  /** Where signing keys are kept when nobody named a folder, so that a restart breaks nobody's trust. It may turn out not to be writable. */
  readonly keysCache?: string
  /** Every socket speaks TLS; plain HTTP when absent. */
  readonly tls?: TlsChoice
  /** Authorities in PEM whom our parties trust behind https beside those of Node; with `tls`, which otherwise leaves those of Node and ours. */
  readonly extraAuthorities?: string
  /** The address of an engine that speaks the protocol of Redis, where replicas share what they know; in this process when absent. */
  readonly store?: string
  /** Before the sockets close, every role says for so long that it is not ready, and answers on: whoever balances sends nothing more. At once when absent. */
  readonly drainSeconds?: number
  /** The path of an `elasticsearch.yml`. */
  readonly elasticsearchYml?: string
  /** An application of the caller's own, which gets the realm `saml1`; beside a world that has neither realms nor applications. */
  readonly ownApplication?: OwnApplication | undefined
  /** A world in hand, in place of one in a file. */
  readonly world?: World | undefined
  /** The path of a `sloop.yml`. */
  readonly sloopYml?: string
  readonly esVersion?: string
  /** The variables that an `elasticsearch.yml` may name; none when absent. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** The password of the service user `elastic`. */
  readonly elasticPassword?: string
  /** The IdP's metadata, for an Elasticsearch or a partner that runs without our IdP. */
  readonly idpMetadataUrl?: string
  /** The metadata of service providers, for an IdP that runs without our application. */
  readonly spMetadataUrls?: readonly string[]
  /** Elasticsearch, for an application that runs without ours. */
  readonly esUrl?: string
  /** How careful the application is about logouts: as Kibana, or more so. */
  readonly appProfile?: Profile
  /** Whether users of the application choose how to log in, although there is one way only. */
  readonly appSelector?: boolean
  /** Takes the tokens of logins, to be probed. They are secrets, and there is no end to them: for tests only. */
  readonly logins?: RecordedLogins
  /** What a caller of the control API must know; nobody need know anything where only this machine can call. */
  readonly controlToken?: string
  /** After how long without a call a lab is removed. */
  readonly labIdleSeconds?: number
  /** How many entries a journal keeps at most. */
  readonly journalSize?: number
  readonly log?: Log
  /** Who stands in front of a party, as a proxy does. */
  readonly inFront?: InFront
  /** Aborted when the roles are to stop although they are not ready yet. */
  readonly signal?: AbortSignal
}

/** Roles that are ready: keys, metadata and realms are loaded. Only those that run have a URL. */
export interface RunningRoles {
  readonly idpUrl?: string
  readonly esUrl?: string
  /** The first application's. */
  readonly appUrl?: string
  /** By name. */
  readonly applicationUrls?: Readonly<Record<string, string>>
  /** By name. */
  readonly partnerUrls?: Readonly<Record<string, string>>
  /** The certificate of the authority that vouches for us, where we have one of our own. */
  readonly authorityFile?: string
  close(): Promise<void>
}

export interface PairOfTokens {
  readonly accessToken: string
  readonly refreshToken: string
}

/** The tokens of a SAML login. */
export interface RecordedLogin extends PairOfTokens {
  /** The pairs that refreshes put in its place, oldest first. */
  readonly refreshed: PairOfTokens[]
  /** The name of the realm that let the user in. */
  readonly realm: string
}

/** Each login by every refresh token that it was given, oldest first. */
export type RecordedLogins = Map<string, RecordedLogin>

/** What a login was given. */
export interface IssuedTokens extends PairOfTokens {
  /** The pairs that refreshes put in its place, oldest first. */
  readonly refreshed: readonly PairOfTokens[]
  /** The name of the application of ours that was logged in to, if it was one of ours. */
  readonly application?: string | undefined
}

/** @throws ConfigError with one sentence when what was asked for cannot work */
export type StartRoles = (options: RoleOptions) => Promise<RunningRoles>
