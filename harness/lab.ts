import type { Log } from '#server/logging'
import { nearest } from '#server/suggestions'
import type { Profile } from '../sp-emulator/index.ts'
import { elasticUser } from './default-world.ts'
import { appProfiles, type IssuedTokens } from './role-options.ts'
import { startRoles } from './roles.ts'

export interface LabOptions {
  /** The path of an `elasticsearch.yml` to use instead of the default realm. */
  readonly elasticsearchYml?: string
  readonly esVersion?: string
  /** Where signing keys are kept; in memory when absent. */
  readonly keysFolder?: string
  /** How careful the application is about logouts; as Kibana unless said otherwise. */
  readonly appProfile?: Profile
  /** Whether its users choose how to log in; not unless said otherwise. */
  readonly appSelector?: boolean
  readonly log?: Log
}

/** One isolated world in this process: an IdP, an Elasticsearch and an application, on random ports. */
export interface Lab extends AsyncDisposable {
  readonly idpUrl: string
  readonly esUrl: string
  readonly appUrl: string
  readonly appProfile: Profile
  readonly appSelector: boolean
  /** With whom the application calls Elasticsearch. */
  readonly serviceUser: { readonly username: string; readonly password: string }
  /** Every pair of tokens that was issued for a login, oldest first. */
  readonly issuedTokens: () => readonly IssuedTokens[]
  close(): Promise<void>
}

const optionTypes = {
  elasticsearchYml: 'string',
  esVersion: 'string',
  keysFolder: 'string',
  appProfile: 'string',
  appSelector: 'boolean',
  log: 'object',
} satisfies Record<keyof LabOptions, string>
const optionNames = Object.keys(optionTypes)

/**
 * Starts a world of its own, ready to be used: `await using lab = await startLab()`.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  checkOptions(options)
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
  const { appProfile = 'kibana', appSelector = false } = options
  const application = { appUrl, appProfile, appSelector }
  return { idpUrl, esUrl, ...application, serviceUser, issuedTokens, close, [Symbol.asyncDispose]: close }
}

/** Types say all this to those who use them. @throws TypeError */
function checkOptions(options: LabOptions): void {
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknown !== undefined) {
    const meant = nearest(unknown, optionNames)
    const hint = meant === undefined ? `known are ${optionNames.join(', ')}` : `did you mean ${meant}?`
    throw new TypeError(`startLab has no option [${unknown}], ${hint}`)
  }
  for (const [name, type] of Object.entries(optionTypes)) {
    const value = options[name as keyof LabOptions]
    if (value === undefined || typeof value === type) continue
    throw new TypeError(`${name}: expected a value of type ${type}, found one of type ${typeof value}`)
  }
  const { appProfile = 'kibana' } = options
  if (!appProfiles.includes(appProfile)) {
    throw new TypeError(`appProfile: expected one of ${appProfiles.join(', ')}, found [${appProfile}]`)
  }
}
