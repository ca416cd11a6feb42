import { type Credential, readCredential } from '#saml/credentials'
import { type Clock, systemClock } from '#server/clock'
import { ConfigError, hintFor } from '#server/config'
import { type BehaviourOptions, checkUsers, type IdpOptions, standardAttributes, type User } from '../../idp/index.ts'
import { explain } from './explain.ts'
import { type AwaitedSp, loadServiceProviders } from './service-providers.ts'
import type { CheckedWorld } from './world.ts'

/** What a world decides about the IdP, where it does; the rest is for whoever starts it. */
export type ConfiguredIdp = {
  readonly [Name in Exclude<keyof IdpOptions, 'baseUrl'>]?: IdpOptions[Name] | undefined
}

export interface LoadedIdp {
  readonly options: ConfiguredIdp
  /** Service providers behind an address. */
  readonly awaited: readonly AwaitedSp[]
}

type DescribedUser = NonNullable<CheckedWorld['users']>[number]

/** Answers the text behind a file name or a URL. */
export type Load = (reference: string) => Promise<string>

/**
 * What a world says of its IdP, with the files that it names, but for the addresses of metadata.
 * @throws ConfigError naming the dotted path of what is wrong or cannot be loaded.
 */
export async function loadIdp(world: CheckedWorld, load: Load, clock: Clock = systemClock): Promise<LoadedIdp> {
  const { entityId, users, keys, encryptionKeys, lifetimes, skewSeconds, signedParts, idp } = world
  checkAttributes(world)
  const [credential, encryptionCredentials, { serviceProviders, awaited }] = await Promise.all([
    keys && loadCredential({ keys, path: 'keys' }, load),
    encryptionKeys && loadEncryption(encryptionKeys, load),
    loadServiceProviders(world.serviceProviders ?? [], { load, clock }),
  ])
  const options = {
    credential,
    encryptionCredentials,
    entityId,
    users: users && checkUsers(users.map(userWithDefaults)),
    serviceProviders,
    lifetimes,
    skewMs: skewSeconds === undefined ? undefined : skewSeconds * 1_000,
    signedParts,
    ...(idp && behaviourOptions(idp)),
  }
  return { options, awaited }
}

/** The block `idp` of a world in the words of the IdP. */
export function behaviourOptions(said: NonNullable<CheckedWorld['idp']>): BehaviourOptions {
  const { propagation, onFailure, initiator, session, participantTimeoutSeconds: seconds, ...same } = said
  return {
    ...same,
    logout: { propagation, onFailure, initiator, session },
    participantTimeoutMs: seconds === undefined ? undefined : seconds * 1_000,
  }
}

/** Nobody would miss an attribute that no user has but the service provider. */
function checkAttributes({ users = [], serviceProviders = [] }: CheckedWorld): void {
  const ofUsers = users.flatMap(({ attributes = {} }) => Object.keys(attributes))
  const known = [...new Set([...standardAttributes, ...ofUsers])]
  serviceProviders.forEach(({ attributes = {} }, index) => {
    for (const [name, attribute] of Object.entries(attributes)) {
      if (known.includes(attribute)) continue
      const path = `serviceProviders[${index}].attributes.${name}`
      throw new ConfigError(`${path}: no user has an attribute [${attribute}], ${hintFor(attribute, known)}`)
    }
  })
}

interface NamedKeys {
  readonly keys: NonNullable<CheckedWorld['keys']>
  readonly path: string
  readonly rsaOnly?: boolean
}

async function loadCredential({ keys, path, rsaOnly = false }: NamedKeys, load: Load): Promise<Credential> {
  const [certificatePem, privateKeyPem] = await Promise.all([
    explain(`${path}.certificate`, () => load(keys.certificate)),
    explain(`${path}.privateKey`, () => load(keys.privateKey)),
  ])
  return explain(path, async () => readCredential({ certificatePem, privateKeyPem }, { rsaOnly }))
}

function loadEncryption(pairs: NonNullable<CheckedWorld['encryptionKeys']>, load: Load) {
  const named = pairs.map((keys, index) => ({ keys, path: `encryptionKeys[${index}]`, rsaOnly: true }))
  return Promise.all(named.map((each) => loadCredential(each, load)))
}

/** A user of a world, with what need not be said. */
export function userWithDefaults({ name, email, displayName, groups, attributes }: DescribedUser): User {
  return { name, email: email ?? `${name}@example.test`, displayName: displayName ?? name, groups, attributes }
}
