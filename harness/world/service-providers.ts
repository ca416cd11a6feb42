import { readCertificatePem } from '#saml/credentials'
import { SamlError } from '#saml/errors'
import { type TrustedKey, trustCertificate } from '#saml/signature/trusted-key'
import type { Clock } from '#server/clock'
import { ConfigError } from '#server/config'
import { checkTrusted, readServiceProviders, type TrustedSp } from '../../idp/index.ts'
import { explain } from './explain.ts'
import { describedServiceProvider } from './service-provider-by-hand.ts'
import { spSettings } from './sp-settings.ts'
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
type Entry = Omit<Described, 'signedBy'> & { readonly path: string; readonly signedBy?: TrustedKey | undefined }
type MetadataEntry = Entry & { readonly metadata: string }

/**
 * Reads the service providers that a world describes by hand or by metadata in files; those behind addresses are for whoever can wait for them.
 * @throws ConfigError naming the dotted path of what cannot be loaded, read or trusted, or was described before.
 */
export async function loadServiceProviders(described: readonly Described[], { load, clock }: Surroundings) {
  const entries = await Promise.all(described.map((entry, index) => entryOf(entry, index, load)))
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

async function entryOf(described: Described, index: number, load: Surroundings['load']): Promise<Entry> {
  const path = `serviceProviders[${index}]`
  const { signedBy: reference, ...entry } = described
  if (reference === undefined) return { ...entry, path }
  const signedBy = await explain(`${path}.signedBy`, async () =>
    trustCertificate(readCertificatePem(await load(reference))),
  )
  return { ...entry, path, signedBy }
}

const hasMetadata = (entry: Entry): entry is MetadataEntry => entry.metadata !== undefined
const isAwaited = (entry: Entry): entry is MetadataEntry => hasMetadata(entry) && /^https?:\/\//i.test(entry.metadata)

async function find(entry: Entry, load: Surroundings['load']) {
  if (!hasMetadata(entry)) return { entry, byHand: await describedServiceProvider(entry, load) }
  return { entry, document: await explain(`${entry.path}.metadata`, () => load(entry.metadata)) }
}

function readEntry(entry: MetadataEntry, document: string | Uint8Array, now: number): readonly TrustedSp[] {
  const { path, metadata: reference, entityId, entityIds, name, signedBy, ...described } = entry
  try {
    return readServiceProviders(document, { ...spSettings(described), entityId, entityIds, name, signedBy }, now)
  } catch (cause) {
    const { message } = cause as Error
    throw new ConfigError(`${path}.${blamed(entry, cause)}: ${referenceText(reference)}${message}`, { cause })
  }
}

/** The key of the entry that asks for what is not there, else the document. */
function blamed({ entityId, entityIds = [] }: Entry, cause: unknown): string {
  const missing = cause instanceof SamlError ? cause.facts['expected'] : undefined
  if (entityId !== undefined && missing === entityId) return 'entityId'
  const index = entityIds.indexOf(String(missing))
  return index === -1 ? 'metadata' : `entityIds[${index}]`
}

/** Guarantees that no entity id is described by two entries: which of them is meant nobody could say. What an entry described before and does not now is free. */
function claim(owners: Map<string, string>, { path }: Entry, described: readonly TrustedSp[]): readonly TrustedSp[] {
  for (const { metadata } of described) {
    const owner = owners.get(metadata.entityId) ?? path
    if (owner !== path) throw new ConfigError(`${path}: [${metadata.entityId}] is described by ${owner} already`)
  }
  for (const [entityId, owner] of owners) if (owner === path) owners.delete(entityId)
  for (const sp of described) refuseUntrustworthy(path, sp)
  for (const { metadata } of described) owners.set(metadata.entityId, path)
  return described
}

/** What the metadata is fine without is missed only by what the world wants. */
function refuseUntrustworthy(path: string, sp: TrustedSp): void {
  try {
    checkTrusted(sp)
  } catch (cause) {
    throw new ConfigError(`${path}.encrypt: ${(cause as Error).message}`, { cause })
  }
}

/** A text that stands in the place of a name is not repeated. */
const referenceText = (reference: string): string => (reference.includes('<') ? '' : `${reference}: `)
