import type { Log } from '#server/logging'
import type { Profile } from '../sp-emulator/index.ts'
import { elasticUser } from './default-world.ts'
import type { IssuedTokens } from './role-options.ts'
import { startRoles } from './roles.ts'

export interface LabOptions {
  /** The path of an `elasticsearch.yml` to use instead of the default realm. */
  readonly elasticsearchYml?: string
  readonly esVersion?: string
  /** Where signing keys are kept; in memory when absent. */
  readonly keysFolder?: string
  /** How careful the application is about logouts; as Kibana unless said otherwise. */
  readonly appProfile?: Profile
  readonly log?: Log
}

/** One isolated world in this process: an IdP, an Elasticsearch and an application, on random ports. */
export interface Lab extends AsyncDisposable {
  readonly idpUrl: string
  readonly esUrl: string
  readonly appUrl: string
  readonly appProfile: Profile
  /** With whom the application calls Elasticsearch. */
  readonly serviceUser: { readonly username: string; readonly password: string }
  /** Every pair of tokens that was issued for a login, oldest first. */
  readonly issuedTokens: () => readonly IssuedTokens[]
  close(): Promise<void>
}

/**
 * Starts a world of its own, ready to be used: `await using lab = await startLab()`.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  const {
    idpUrl = '',
    esUrl = '',
    appUrl = '',
    issuedTokens,
    close,
  } = await startRoles({
    ...options,
    recordsTokens: true,
    idpPort: 0,
    esPort: 0,
    appPort: 0,
  })
  const { username, password } = elasticUser()
  const serviceUser = { username, password }
  const { appProfile = 'kibana' } = options
  return { idpUrl, esUrl, appUrl, appProfile, serviceUser, issuedTokens, close, [Symbol.asyncDispose]: close }
}
