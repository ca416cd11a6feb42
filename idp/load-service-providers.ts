import { SamlError } from '#saml/errors'
import type { Clock } from '#server/clock'
import { ConfigError } from '#server/config'
import type { IdpConfigFile } from './config-file.ts'
import { readServiceProviders } from './directory/read-service-providers.ts'
import type { TrustedSp } from './directory/sp-directory.ts'
import { explain } from './explain.ts'

/** Service providers whose metadata is behind an address, which need not answer yet. */
export interface AwaitedSp {
  readonly url: string
  /** Reads what was found there. @throws ConfigError naming the dotted path of what is wrong with it. */
  readonly read: (document: string | Uint8Array) => readonly TrustedSp[]
}

interface Surroundings {
  /** Answers the text behind the name of a file. */
  readonly load: (reference: string) => Promise<string>
  readonly clock: Clock
}

type Entry = IdpConfigFile['serviceProviders'][number] & { readonly path: string }

/**
 * Reads the service providers that a `sloop.yml` names by files; those behind addresses are for whoever can wait for them.
 * @throws ConfigError naming the dotted path of what cannot be loaded, read or trusted, or was described before.
 */
export async function loadServiceProviders(
  configured: IdpConfigFile['serviceProviders'],
  { load, clock }: Surroundings,
) {
  const entries = configured.map((entry, index) => ({ ...entry, path: `serviceProviders[${index}]` }))
  const isAwaited = ({ metadata }: Entry) => /^https?:\/\//i.test(metadata)
  const owners = new Map<string, string>()
  const read = (entry: Entry, document: string | Uint8Array) =>
    claim(owners, entry, readEntry(entry, document, clock.now()))
  const files = await Promise.all(
    entries
      .filter((entry) => !isAwaited(entry))
      .map(async (entry) => {
        return { entry, document: await explain(`${entry.path}.metadata`, () => load(entry.metadata)) }
      }),
  )
  const awaited: readonly AwaitedSp[] = entries.filter(isAwaited).map((entry) => {
    return { url: entry.metadata, read: (document) => read(entry, document) }
  })
  return { serviceProviders: files.flatMap(({ entry, document }) => read(entry, document)), awaited }
}

function readEntry(entry: Entry, document: string | Uint8Array, now: number): readonly TrustedSp[] {
  const { path, metadata: reference, entityId } = entry
  try {
    return readServiceProviders(document, entry, now)
  } catch (cause) {
    const { message } = cause as Error
    const isNotThere = entityId !== undefined && cause instanceof SamlError && cause.facts['expected'] === entityId
    throw new ConfigError(`${path}.${isNotThere ? 'entityId' : 'metadata'}: ${reference}: ${message}`, { cause })
  }
}

/** Guarantees that no entity id is described by two entries: which of them is meant nobody could say. */
function claim(owners: Map<string, string>, { path }: Entry, described: readonly TrustedSp[]): readonly TrustedSp[] {
  for (const { metadata } of described) {
    const owner = owners.get(metadata.entityId) ?? path
    if (owner !== path) throw new ConfigError(`${path}: [${metadata.entityId}] is described by ${owner} already`)
  }
  for (const { metadata } of described) owners.set(metadata.entityId, path)
  return described
}
