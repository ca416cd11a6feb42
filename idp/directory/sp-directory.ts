import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Store } from '#server/store/store'
import type { Tolerance } from '../inbox/tolerance.ts'
import type { Way } from '../outbox/draft.ts'
import { checkEncryption } from './sp-encryption.ts'
import { type ForAll, type SpOverrides, type SpSettings, settingsFor } from './sp-settings.ts'
import { readTrustedSp, type WrittenSp, writeTrustedSp } from './trusted-sp-text.ts'

/** A service provider to be trusted, and what people call it. */
export interface TrustedSp extends SpOverrides {
  readonly metadata: SpMetadata
  /** Shown on buttons, "Open <name>"; the entity id when absent. */
  readonly name?: string | undefined
  /** What it may do and still be believed, in place of what every service provider may. */
  readonly tolerate?: readonly Tolerance[] | undefined
  /** The Format of its NameIDs where a request names none, in place of what its metadata lists. */
  readonly nameIdFormat?: string | undefined
  /** How it is asked to log somebody out, in place of the first way that its metadata offers. */
  readonly logoutBy?: Way | undefined
}

/** @throws SamlError SAML_METADATA when nothing can be encrypted for a service provider for which something is to be. */
export function checkTrusted({ metadata, encrypt = 'none' }: TrustedSp): void {
  if (encrypt !== 'none') checkEncryption(metadata)
}

/** The service providers that this IdP knows. Nothing is ever sent to an address that is not in their metadata. */
export interface SpDirectory {
  /**
   * Adds a service provider or replaces the one with the same entity id; takes effect with the next message.
   * @throws SamlError SAML_METADATA when nothing can be encrypted for it that is to be.
   */
  trust(sp: TrustedSp): void
  /** Believes nothing of it any more, from the next message on. */
  forget(entityId: string): void
  /** The same as `trust`, until the next reset: it stands before what others say of it. */
  add(sp: TrustedSp): void
  /** Believes nothing of it until the next reset, whatever others say of it. */
  remove(entityId: string): void
  /** Forgets what was added and removed. */
  reset(): void
  get(entityId: string): TrustedSp | undefined
  find(entityId: string): SpMetadata | undefined
  /** What people call it: its name, else its entity id. */
  nameOf(entityId: string): string
  /** What it may do and still be believed. */
  tolerancesOf(entityId: string): readonly Tolerance[]
  /** How it is treated. */
  settingsOf(entityId: string): SpSettings
  list(): readonly TrustedSp[]
}

interface Known {
  readonly initial: readonly TrustedSp[]
  /** What holds for those of which nothing else is said. */
  readonly forAll: ForAll & { readonly tolerate: () => readonly Tolerance[] }
}

/** What was said of a service provider later: null of who was removed. */
interface Later {
  readonly sp: TrustedSp | null
}

/** Those of the start each replica is told of by itself; what is added and removed later they share. */
export function createSpDirectory(store: Store, { initial, forAll }: Known): SpDirectory {
  initial.forEach(checkTrusted)
  const introduced = new Map(initial.map((sp) => [sp.metadata.entityId, sp]))
  const later = store.sharedMap<Later>({
    name: 'service-providers',
    write: ({ sp }) => sp && writeTrustedSp(sp),
    read: (written) => ({ sp: written === null ? null : readTrustedSp(written as WrittenSp) }),
  })
  const get = (entityId: string) => {
    const said = later.get(entityId)
    return said === undefined ? introduced.get(entityId) : (said.sp ?? undefined)
  }
  return {
    trust: (sp) => {
      checkTrusted(sp)
      introduced.set(sp.metadata.entityId, sp)
    },
    forget: (entityId) => {
      introduced.delete(entityId)
    },
    add: (sp) => {
      checkTrusted(sp)
      later.put(sp.metadata.entityId, { sp })
    },
    remove: (entityId) => void later.put(entityId, { sp: null }),
    reset: later.reset,
    get,
    find: (entityId) => get(entityId)?.metadata,
    nameOf: (entityId) => get(entityId)?.name ?? entityId,
    tolerancesOf: (entityId) => get(entityId)?.tolerate ?? forAll.tolerate(),
    settingsOf: (entityId) => settingsFor(get(entityId) ?? {}, forAll),
    list: () => {
      const said = later.entries().map(([entityId, { sp }]) => [entityId, sp] as const)
      return [...new Map<string, TrustedSp | null>([...introduced, ...said]).values()].filter((sp) => sp !== null)
    },
  }
}
