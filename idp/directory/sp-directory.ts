import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Store } from '#server/store/store'
import type { Tolerance } from '../inbox/tolerance.ts'
import { type ForAll, type SpSettings, settingsFor } from './sp-settings.ts'
import { checkTrusted, type TrustedSp } from './trusted-sp.ts'
import { readTrustedSp, type WrittenSp, writeTrustedSp } from './trusted-sp-text.ts'

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
