import type { Credential } from '#saml/credentials'
import { type Clock, systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { noFaults, type PartyFaults } from '#server/faults'
import { type NewId, newId, newSecret } from '#server/ids'
import { noJournal, type PartyJournal } from '#server/journal/party-journal'
import { type Log, silentLog } from '#server/logging'
import { createMemoryStore, type Store } from '#server/store/store'
import { type BehaviourOptions, resolveBehaviour } from './behaviour.ts'
import { checkLine, checkRange, checkText, mostSeconds, whyNoUri } from './config-values.ts'
import { createKeyRing, isRsa, type KeyRing } from './directory/key-ring.ts'
import type { SpLifetimes } from './directory/sp-settings.ts'
import type { TrustedSp } from './directory/trusted-sp.ts'
import { defaultUsers, type User } from './directory/users.ts'
import { type Endpoints, makeEndpoints } from './endpoints.ts'
import type { SignedParts } from './outbox/draft.ts'

/** How long things live. */
export interface IdpLifetimes extends SpLifetimes {
  /** How long a sign-in or a logout may stay unfinished. */
  readonly pendingSeconds: number
}

/** What a caller may give. */
export interface IdpOptions extends BehaviourOptions {
  /** Where browsers reach this IdP: `http://idp.localhost:7070`. */
  readonly baseUrl: string
  /** Default: `<baseUrl>/metadata`. */
  readonly entityId?: string | undefined
  /** Signs everything that leaves: RSA, or ECDSA on P-256 or P-384. */
  readonly credential: Credential
  /** For what is encrypted for this IdP, RSA each. Default: `credential` if that is RSA, else nothing can be encrypted for it. */
  readonly encryptionCredentials?: readonly Credential[] | undefined
  readonly users?: readonly User[] | undefined
  readonly serviceProviders?: readonly TrustedSp[] | undefined
  /** Default: `assertion`. */
  readonly signedParts?: SignedParts | undefined
  readonly lifetimes?: { readonly [Name in keyof IdpLifetimes]?: number | undefined } | undefined
  /** How far the clocks of peers may be apart from ours. */
  readonly skewMs?: number | undefined
  readonly clock?: Clock | undefined
  readonly newId?: NewId | undefined
  readonly newSecret?: (() => string) | undefined
  /** What its messages are to be wrong about; nothing when absent. */
  readonly faults?: PartyFaults | undefined
  /** Where it writes what it sees; nowhere when absent. */
  readonly journal?: PartyJournal | undefined
  /** Where it keeps what changes while it runs; in this process when absent. */
  readonly store?: Store | undefined
  readonly log?: Log | undefined
}

/** What the IdP has: every default applied, everything checked, frozen. */
export interface IdpConfig {
  readonly entityId: string
  readonly endpoints: Endpoints
  readonly keys: KeyRing
  readonly users: readonly User[]
  readonly serviceProviders: readonly TrustedSp[]
  readonly signedParts: SignedParts
  /** What was said of it at the start. */
  readonly behaviour: BehaviourOptions
  readonly lifetimes: IdpLifetimes
  readonly skewMs: number
  readonly clock: Clock
  readonly newId: NewId
  readonly newSecret: () => string
  readonly faults: PartyFaults
  readonly journal: PartyJournal
  readonly store: Store
  readonly log: Log
}

/** @throws ConfigError naming the dotted path of the value that cannot be used. */
export function resolveIdpConfig(given: IdpOptions): Readonly<IdpConfig> {
  checkBaseUrl(given.baseUrl)
  const endpoints = makeEndpoints(given.baseUrl)
  const { store = createMemoryStore() } = given
  return Object.freeze({
    entityId: checkEntityId(given.entityId ?? endpoints.metadataUrl),
    endpoints,
    keys: createKeyRing(store, given.credential, checkEncryption(given.encryptionCredentials)),
    users: checkUsers(given.users ?? defaultUsers),
    serviceProviders: given.serviceProviders ?? [],
    signedParts: given.signedParts ?? 'assertion',
    behaviour: checkBehaviour(given),
    lifetimes: resolveLifetimes(given.lifetimes),
    skewMs: checkRange('skewMs', given.skewMs ?? 180_000, [0, mostSeconds * 1_000]),
    clock: given.clock ?? systemClock,
    newId: given.newId ?? newId,
    newSecret: given.newSecret ?? newSecret,
    faults: given.faults ?? noFaults,
    journal: given.journal ?? noJournal,
    store,
    log: given.log ?? silentLog,
  })
}

function checkBehaviour(given: IdpOptions): BehaviourOptions {
  const { personality, tolerate, unknownSession, singleLogout, logout, participantTimeoutMs } = given
  const said = { personality, tolerate, unknownSession, singleLogout, logout, participantTimeoutMs }
  resolveBehaviour(said)
  return said
}

function checkBaseUrl(baseUrl: string): void {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.search !== '' || url.hash !== '') {
    throw new ConfigError(`baseUrl: [${baseUrl}] is not an http or https URL without query and fragment`)
  }
  checkLine('baseUrl', baseUrl)
}

function checkEntityId(entityId: string): string {
  const reason = whyNoUri(entityId)
  if (reason !== undefined) throw new ConfigError(`entityId: ${reason}`)
  return entityId
}

function checkEncryption(credentials: IdpOptions['encryptionCredentials']): IdpOptions['encryptionCredentials'] {
  const unfit = credentials?.findIndex((credential) => !isRsa(credential)) ?? -1
  if (unfit === -1) return credentials
  throw new ConfigError(`encryptionCredentials[${unfit}]: nothing can be encrypted for a key that is not RSA`)
}

/** @throws ConfigError when nobody could sign in, two have one name, or a value cannot be written. */
export function checkUsers(users: readonly User[]): readonly User[] {
  if (users.length === 0) throw new ConfigError('users: at least one user is needed, or nobody can sign in')
  users.forEach((user, index) => {
    const { name } = user
    checkUser(user, `users[${index}].`)
    if (users.findIndex((other) => other.name === name) !== index) {
      throw new ConfigError(`users[${index}].name: there is already a user [${name}]`)
    }
  })
  return users
}

/** @throws ConfigError when a user has no name, or a value cannot be written; the path of the user stands before that of the value. */
export function checkUser({ name, email, displayName, groups, attributes = {} }: User, path = ''): void {
  for (const [key, value] of Object.entries({ name, email, displayName })) checkLine(`${path}${key}`, value)
  if (name === '') throw new ConfigError(`${path}name: a user needs a name`)
  groups.forEach((group, index) => {
    checkLine(`${path}groups[${index}]`, group)
  })
  for (const [key, values] of Object.entries(attributes)) {
    checkLine(`${path}attributes`, key)
    values.forEach((value, index) => {
      checkText(`${path}attributes.${key}[${index}]`, value)
    })
  }
}

function resolveLifetimes(given: IdpOptions['lifetimes'] = {}): IdpLifetimes {
  const check = (name: keyof IdpLifetimes, byDefault: number) =>
    checkRange(`lifetimes.${name}`, given[name] ?? byDefault, [1, mostSeconds])
  return Object.freeze({
    sessionSeconds: check('sessionSeconds', 8 * 3_600),
    assertionSeconds: check('assertionSeconds', 300),
    logoutRequestSeconds: check('logoutRequestSeconds', 300),
    pendingSeconds: check('pendingSeconds', 600),
  })
}
