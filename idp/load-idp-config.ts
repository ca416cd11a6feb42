import { type Credential, readCredential } from '#saml/credentials'
import { type Clock, systemClock } from '#server/clock'
import type { IdpOptions } from './config.ts'
import type { IdpConfigFile } from './config-file.ts'
import { explain } from './explain.ts'
import { type AwaitedSp, loadServiceProviders } from './load-service-providers.ts'

/** What a configuration file decides about an IdP, where it does; the rest is for whoever starts it. */
export type ConfiguredIdp = {
  readonly [Name in Exclude<keyof IdpOptions, 'baseUrl'>]?: IdpOptions[Name] | undefined
}

export interface LoadedIdpConfig {
  readonly options: ConfiguredIdp
  /** Service providers behind an address. */
  readonly awaited: readonly AwaitedSp[]
}

type ConfiguredUser = NonNullable<IdpConfigFile['users']>[number]

/** Answers the text behind a file name or a URL. */
export type Load = (reference: string) => Promise<string>

/**
 * Checks a parsed `sloop.yml` and follows the names in it, but for the addresses of metadata. An empty file configures nothing.
 * @throws ConfigError naming the dotted path of what is wrong, unknown or cannot be loaded.
 */
export async function loadIdpConfig(parsed: unknown, load: Load, clock: Clock = systemClock): Promise<LoadedIdpConfig> {
  // zod takes 80 ms to load, which an IdP without a file need not wait for.
  const { readIdpConfig } = await import('./config-file.ts')
  const file = readIdpConfig(parsed)
  const { entityId, users, keys, lifetimes, skewSeconds, signedParts, idp } = file
  const [credential, { serviceProviders, awaited }] = await Promise.all([
    keys && loadCredential(keys, load),
    loadServiceProviders(file.serviceProviders, { load, clock }),
  ])
  const options = {
    credential,
    entityId,
    users: users?.map(withDefaults),
    serviceProviders,
    lifetimes,
    skewMs: skewSeconds === undefined ? undefined : skewSeconds * 1_000,
    signedParts,
    tolerate: idp?.tolerate,
    unknownSession: idp?.unknownSession,
  }
  return { options, awaited }
}

async function loadCredential(keys: NonNullable<IdpConfigFile['keys']>, load: Load): Promise<Credential> {
  const [certificatePem, privateKeyPem] = await Promise.all([
    explain('keys.certificate', () => load(keys.certificate)),
    explain('keys.privateKey', () => load(keys.privateKey)),
  ])
  return explain('keys', async () => readCredential({ certificatePem, privateKeyPem }))
}

function withDefaults({ name, email, displayName, groups, attributes }: ConfiguredUser) {
  return { name, email: email ?? `${name}@example.test`, displayName: displayName ?? name, groups, attributes }
}
