import type { Log } from '#server/logging'
import { hintFor } from '#server/suggestions'
import type { Profile } from '../sp-emulator/index.ts'
import type { Control } from './control/labs-of.ts'
import { elasticUser } from './default-world.ts'
import type { InFront, IssuedTokens, RoleOptions } from './roles/role-options.ts'
import { startRoles } from './roles/roles.ts'
import type { StartedRoles } from './roles/start.ts'
import { appProfiles } from './world/profiles.ts'
import type { World } from './world/world.ts'

/** How to run a world, beside what is in it. */
export interface RunOptions {
  /** The path of an `elasticsearch.yml`, whose realms are there beside those of the world. */
  readonly elasticsearchYml?: string
  readonly esVersion?: string
  /** Where signing keys are kept; in memory when absent. */
  readonly keysFolder?: string
  /** How careful the first application is about logouts; as the world says, else as Kibana. */
  readonly appProfile?: Profile
  /** Whether its users choose how to log in; as the world says, else not. */
  readonly appSelector?: boolean
  readonly log?: Log
  /** Who stands in front of a party, as a proxy does. */
  readonly inFront?: InFront
}

/** A world, and how to run it. */
export type LabOptions = World & RunOptions

/** One isolated world in this process: an IdP, an Elasticsearch, applications and partners, on random ports. */
export interface Lab extends Control, AsyncDisposable {
  readonly idpUrl: string
  readonly esUrl: string
  /** The first application's; empty where none runs. */
  readonly appUrl: string
  /** By the name of the application. */
  readonly applicationUrls: Readonly<Record<string, string>>
  /** By the name of the partner. */
  readonly partnerUrls: Readonly<Record<string, string>>
  readonly appProfile: Profile
  readonly appSelector: boolean
  /** With whom an application calls Elasticsearch. */
  readonly serviceUser: { readonly username: string; readonly password: string }
  /** The pair of tokens that each login was given, oldest login first, and those that refreshes put in its place. */
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
  inFront: 'function',
} satisfies Record<keyof RunOptions, string>

/** Checked by the schema of the world, which is loaded only where somebody gives one. */
const worldKeys = {
  entityId: true,
  keys: true,
  encryptionKeys: true,
  lifetimes: true,
  skewSeconds: true,
  signedParts: true,
  users: true,
  serviceProviders: true,
  es: true,
  roleMappings: true,
  realms: true,
  applications: true,
  partners: true,
  idp: true,
  clocks: true,
  faults: true,
} satisfies Record<keyof World, true>

/**
 * Starts a world of its own, ready to be used: `await using lab = await startLab()`.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export const startLab = async (options: LabOptions = {}): Promise<Lab> => startLabBy(startRoles, options)

/** The same, with roles that are started so. */
export async function startLabBy(
  start: (options: RoleOptions) => Promise<StartedRoles>,
  options: LabOptions,
): Promise<Lab> {
  const { world, run } = divide(options)
  checkOptions(run)
  const {
    idpUrl = '',
    esUrl = '',
    appUrl = '',
    applicationUrls,
    partnerUrls,
    issuedTokens,
    control,
    close,
  } = await start({
    ...run,
    ...(world !== undefined && { world }),
    logins: new Map(),
    idpPort: 0,
    esPort: 0,
    appPort: 0,
    partnerPort: 0,
  })
  const { username, password } = elasticUser()
  const serviceUser = { username, password }
  const [first] = options.applications ?? []
  const { appProfile = first?.profile ?? 'kibana', appSelector = first?.selector ?? false } = run
  const application = { appUrl, applicationUrls, partnerUrls, appProfile, appSelector }
  const parties = { ...application, serviceUser, issuedTokens }
  return { ...control, idpUrl, esUrl, ...parties, close, [Symbol.asyncDispose]: close }
}

/** What is in the world, undefined where nothing is, and how to run it. */
function divide(options: LabOptions): { world: World | undefined; run: RunOptions } {
  const isOfWorld = ([name]: [string, unknown]) => Object.hasOwn(worldKeys, name)
  const entries = Object.entries(options).filter(([, value]) => value !== undefined)
  const world = entries.filter(isOfWorld)
  const run = Object.fromEntries(entries.filter((entry) => !isOfWorld(entry)))
  return { world: world.length === 0 ? undefined : Object.fromEntries(world), run }
}

/** Types say all this to those who use them. @throws TypeError */
function checkOptions(options: RunOptions): void {
  const optionNames = Object.keys(optionTypes)
  const unknown = Object.keys(options).find((name) => !optionNames.includes(name))
  if (unknown !== undefined) {
    const known = [...optionNames, ...Object.keys(worldKeys)]
    throw new TypeError(`startLab has no option [${unknown}], ${hintFor(unknown, known)}`)
  }
  for (const [name, type] of Object.entries(optionTypes)) {
    const value = options[name as keyof RunOptions]
    if (value === undefined || typeof value === type) continue
    throw new TypeError(`${name}: expected a value of type ${type}, found one of type ${typeof value}`)
  }
  const { appProfile = 'kibana' } = options
  if (!appProfiles.includes(appProfile)) {
    throw new TypeError(`appProfile: expected one of ${appProfiles.join(', ')}, found [${appProfile}]`)
  }
}
