import { type Credential, readCredential } from '#saml/credentials'
import { parseSpMetadata } from '#saml/metadata/sp-metadata'
import { ConfigError } from '#server/config'
import type { IdpOptions } from './config.ts'
import type { IdpConfigFile } from './config-file.ts'
import type { TrustedSp } from './directory/sp-directory.ts'

/** What a configuration file decides about an IdP, where it does; the rest is for whoever starts it. */
export type ConfiguredIdp = {
  readonly [Name in Exclude<keyof IdpOptions, 'baseUrl'>]?: IdpOptions[Name] | undefined
}

type ConfiguredUser = NonNullable<IdpConfigFile['users']>[number]

/** Answers the text behind a file name or a URL. */
export type Load = (reference: string) => Promise<string>

/**
 * Checks a parsed `sloop.yml` and follows the names in it. An empty file configures nothing.
 * @throws ConfigError naming the dotted path of what is wrong, unknown or cannot be loaded.
 */
export async function loadIdpConfig(parsed: unknown, load: Load): Promise<ConfiguredIdp> {
  // zod takes 80 ms to load, which an IdP without a file need not wait for.
  const { readIdpConfig } = await import('./config-file.ts')
  const file = readIdpConfig(parsed)
  const { entityId, users, serviceProviders, keys, lifetimes, skewSeconds, signedParts, idp } = file
  const [credential, trusted] = await Promise.all([
    keys && loadCredential(keys, load),
    Promise.all(serviceProviders.map((sp, index) => loadServiceProvider(sp, { index, load }))),
  ])
  return {
    credential,
    entityId,
    users: users?.map(withDefaults),
    serviceProviders: trusted,
    lifetimes,
    skewMs: skewSeconds === undefined ? undefined : skewSeconds * 1_000,
    signedParts,
    tolerate: idp?.tolerate,
    unknownSession: idp?.unknownSession,
  }
}

async function loadCredential(keys: NonNullable<IdpConfigFile['keys']>, load: Load): Promise<Credential> {
  const [certificatePem, privateKeyPem] = await Promise.all([
    explain('keys.certificate', () => load(keys.certificate)),
    explain('keys.privateKey', () => load(keys.privateKey)),
  ])
  return explain('keys', async () => readCredential({ certificatePem, privateKeyPem }))
}

function loadServiceProvider(
  { metadata: reference, name, tolerate }: IdpConfigFile['serviceProviders'][number],
  { index, load }: { index: number; load: Load },
): Promise<TrustedSp> {
  return explain(`serviceProviders[${index}].metadata`, async () => {
    const document = await load(reference)
    return { metadata: await explain(reference, async () => parseSpMetadata(document)), name, tolerate }
  })
}

async function explain<T>(path: string, attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt()
  } catch (cause) {
    throw new ConfigError(`${path}: ${(cause as Error).message}`, { cause })
  }
}

function withDefaults({ name, email, displayName, groups, attributes }: ConfiguredUser) {
  return { name, email: email ?? `${name}@example.test`, displayName: displayName ?? name, groups, attributes }
}
