import { systemClock } from '#server/clock'
import type { LabStore } from '#server/store/store'

/** When labs were used, for replicas to know of each other's. */
export interface UsesOfLabs {
  /** Somebody uses it now. Costs something once in a while only. @throws StoreUnavailable */
  note(id: string): Promise<void>
  /** Whether somebody used it at any replica so lately that it is not idle. @throws StoreUnavailable */
  isUsedElsewhere(id: string): Promise<boolean>
  /** It does not run here any more. */
  forget(id: string): void
}

/** So often at most within the time after which a lab is idle is its use written down. */
const notesPerIdleTime = 4

/** Of no interest where there is one process. */
export function usesOfLabs({ of, replicas }: LabStore, idleMs: number): UsesOfLabs {
  if (replicas === undefined)
    return { note: async () => undefined, isUsedElsewhere: async () => false, forget: () => undefined }
  const uses = of('').records<number>({ name: 'lab-uses', clock: systemClock, capacity: 10_000, isBrief: true })
  const noted = new Map<string, number>()
  return {
    async note(id) {
      const now = systemClock.now()
      if (now - (noted.get(id) ?? 0) < idleMs / notesPerIdleTime) return
      noted.set(id, now)
      await uses.set(id, now, now + idleMs)
    },
    async isUsedElsewhere(id) {
      // A use of ours is as old as that time by now.
      return (await uses.get(id)) !== undefined
    },
    forget: (id) => void noted.delete(id),
  }
}
