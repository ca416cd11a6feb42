import { SamlError } from '#saml/errors'
import type { Clock } from '#server/clock'
import { ConfigError } from '#server/config'
import { readServiceProviders, type TrustedSp } from '../../idp/index.ts'
import { explain } from './explain.ts'
import { describedServiceProvider } from './service-provider-by-hand.ts'
import type { CheckedWorld } from './world.ts'

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

type Described = NonNullable<CheckedWorld['serviceProviders']>[number]
type Entry = Described & { readonly path: string }
type MetadataEntry = Entry & { readonly metadata: string }

/**
 * Reads the service providers that a world describes by hand or by metadata in files; those behind addresses are for whoever can wait for them.
 * @throws ConfigError naming the dotted path of what cannot be loaded, read or trusted, or was described before.
 */
export async function loadServiceProviders(described: readonly Described[], { load, clock }: Surroundings) {
  const entries = described.map((entry, index) => ({ ...entry, path: `serviceProviders[${index}]` }))
  const owners = new Map<string, string>()
  const read = (entry: MetadataEntry, document: string | Uint8Array) =>
    claim(owners, entry, readEntry(entry, document, clock.now()))
  const found = await Promise.all(entries.filter((entry) => !isAwaited(entry)).map((entry) => find(entry, load)))
  const awaited: readonly AwaitedSp[] = entries.filter(isAwaited).map((entry) => {
    return { url: entry.metadata, read: (document) => read(entry, document) }
  })
  const serviceProviders = found.flatMap(({ entry, document, byHand }) =>
    byHand === undefined ? read(entry, document) : claim(owners, entry, [byHand]),
  )
  return { serviceProviders, awaited }
}

const hasMetadata = (entry: Entry): entry is MetadataEntry => entry.metadata !== undefined
const isAwaited = (entry: Entry): entry is MetadataEntry => hasMetadata(entry) && /^https?:\/\//i.test(entry.metadata)

async function find(entry: Entry, load: Surroundings['load']) {
  if (!hasMetadata(entry)) return { entry, byHand: await describedServiceProvider(entry, load) }
  return { entry, document: await explain(`${entry.path}.metadata`, () => load(entry.metadata)) }
}

function readEntry(entry: MetadataEntry, document: string | Uint8Array, now: number): readonly TrustedSp[] {
  const { path, metadata: reference, entityId } = entry
  try {
    return readServiceProviders(document, entry, now)
  } catch (cause) {
    const { message } = cause as Error
    const isNotThere = entityId !== undefined && cause instanceof SamlError && cause.facts['expected'] === entityId
    throw new ConfigError(`${path}.${isNotThere ? 'entityId' : 'metadata'}: ${referenceText(reference)}${message}`, {
      cause,
    })
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

/** A text that stands in the place of a name is not repeated. */
const referenceText = (reference: string): string => (reference.includes('<') ? '' : `${reference}: `)
