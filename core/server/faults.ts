import { setTimeout as pause } from 'node:timers/promises'
import { systemClock } from './clock.ts'
import { type Log, silentLog } from './logging.ts'
import type { Records } from './store/records.ts'
import { createMemoryStore, type Store } from './store/store.ts'

/** What is to be wrong, about which messages of whom, to whom, and how often (`spec/contract.md` §2.5). */
export interface WantedFault {
  /** Who writes the message. */
  readonly party: string
  /** The kind of message. */
  readonly on: string
  /** The entity id that it goes to; anybody's when absent. */
  readonly to?: string | undefined
  readonly times: number | 'always'
  readonly change: Readonly<Record<string, unknown>>
}

/** Why a part of a change could not be made, in words that follow a colon. */
export interface Unmade {
  readonly key: string
  readonly why: string
}

/** A fault as it stands. */
export interface ListedFault extends Omit<WantedFault, 'to'> {
  readonly id: string
  readonly to: string | null
  /** How many messages it has changed. */
  readonly fired: number
  /** What the last message that met it could not take; empty when it took everything, or none came. */
  readonly notMade: readonly Unmade[]
}

/** A fault that a message has taken. */
export interface MetFault {
  readonly id: string
  readonly change: WantedFault['change']
  /** The message goes out right after all: the fault counts as unused. */
  giveBack(unmade: readonly Unmade[]): Promise<void>
}

/** The faults of one party, for the party to ask. */
export interface PartyFaults {
  /** The first armed fault that concerns the message and is not used up; it counts as fired unless it is given back. Where none is armed, which is nearly always, that is said at once. */
  meet(message: { readonly on: string; readonly to: string }): Promise<MetFault | undefined> | undefined
  /** Waits that long, in real time; false when the lab ends, or the signal says so, before. */
  wait(ms: number, signal?: AbortSignal): Promise<boolean>
}

/** The faults of a lab, the same at every replica of its parties: one that is to fire once fires once, wherever. */
export interface Faults {
  of(party: string): PartyFaults
  /** Oldest first. */
  list(): Promise<readonly ListedFault[]>
  /** Undefined when there are as many as can be: then nothing has changed. */
  arm(fault: WantedFault): Promise<ListedFault | undefined>
  /** Whether there was one of this id. */
  disarm(id: string): Promise<boolean>
  disarmAll(): Promise<void>
  /** As after the start; answers those that never fired. */
  reset(): Promise<readonly ListedFault[]>
  /** Ends all waiting, and warns of every fault that never fired. */
  close(): Promise<void>
}

/** More than anybody reads, and few enough for every message to be compared with. */
export const mostFaults = 1_000

interface FaultsOptions {
  readonly log?: Log | undefined
  /** Where they are kept; in this process when absent. */
  readonly store?: Store | undefined
}

/** Faults that are armed from the start. */
export function createFaults(
  start: readonly WantedFault[] = [],
  { log = silentLog, store = createMemoryStore() }: FaultsOptions = {},
): Faults {
  const armed = store.sharedMap<WantedFault>({
    name: 'faults',
    atStart: start.map((wanted, index) => [`f${index + 1}`, wanted]),
  })
  const unmade = store.sharedMap<readonly Unmade[]>({ name: 'faults-not-made' })
  /** How often each that is listed has fired. */
  const counts = store.records<number>({ name: 'fault-counts', clock: systemClock, capacity: 2 * mostFaults })
  /** How many were ever armed, beside the start: by itself, since where many come and go the oldest count makes room. */
  const numbers = store.records<number>({ name: 'fault-numbers', clock: systemClock, capacity: 1 })
  const ending = new AbortController()

  const listed = async ([id, wanted]: readonly [string, WantedFault]): Promise<ListedFault> => {
    const { party, on, to = null, times, change } = wanted
    const fired = (await counts.get(id)) ?? 0
    return { id, party, on, to, times, change, fired, notMade: unmade.get(id) ?? [] }
  }
  const list = () => Promise.all(armed.entries().map(listed))
  const unused = async () => (await list()).filter((each) => each.fired === 0)
  /** The next number under a name, each once; undefined when there were as many as may be. */
  const count = async (kept: Records<number>, name: string, most: number): Promise<number | undefined> => {
    if (await kept.add(name, 1, Number.POSITIVE_INFINITY)) return 1
    let next: number | undefined
    await kept.update(name, (before) => {
      next = before < most ? before + 1 : undefined
      return next ?? before
    })
    return next
  }
  const met = async (candidates: ReturnType<typeof armed.entries>): Promise<MetFault | undefined> => {
    for (const [id, wanted] of candidates) {
      const { times } = wanted
      if ((await count(counts, id, times === 'always' ? Number.POSITIVE_INFINITY : times)) === undefined) continue
      if (unmade.get(id) !== undefined) unmade.delete(id)
      return {
        id,
        change: wanted.change,
        async giveBack(why) {
          await counts.update(id, (fired) => fired - 1)
          unmade.put(id, why)
        },
      }
    }
    return undefined
  }
  /** No armed one's: a store may have some that an older release numbered. */
  const nextId = async (): Promise<string> => {
    for (;;) {
      const number = (await count(numbers, 'armed', Number.POSITIVE_INFINITY)) ?? 0
      const id = `f${start.length + number}`
      if (armed.get(id) === undefined) return id
    }
  }
  const disarm = async (id: string): Promise<boolean> => {
    unmade.delete(id)
    const wasArmed = armed.delete(id)
    await counts.take(id)
    return wasArmed
  }
  return {
    of: (party) => ({
      meet(message) {
        const candidates = armed.entries().filter(([, wanted]) => concerns(wanted, party, message))
        return candidates.length === 0 ? undefined : met(candidates)
      },
      wait: (ms, signal) => waitFor(ms, signal === undefined ? [ending.signal] : [ending.signal, signal]),
    }),
    list,
    async arm(wanted) {
      if (armed.entries().length >= mostFaults) return undefined
      const id = await nextId()
      armed.put(id, wanted)
      return listed([id, wanted])
    },
    disarm,
    async disarmAll() {
      await Promise.all(armed.entries().map(([id]) => disarm(id)))
    },
    async reset() {
      const never = await unused()
      armed.reset()
      unmade.reset()
      await Promise.all([counts.clear(), numbers.clear()])
      return never
    },
    async close() {
      if (ending.signal.aborted) return
      ending.abort()
      for (const { id, party, on } of await unused()) {
        log.warn({ code: 'FAULT_UNUSED', fault: id, party, on }, `the fault ${id} (${on} of ${party}) never fired`)
      }
    },
  }
}

/** For a party that is not in a lab. */
export const noFaults: PartyFaults = createFaults().of('')

function concerns(
  wanted: WantedFault,
  party: string,
  { on, to }: { readonly on: string; readonly to: string },
): boolean {
  return wanted.party === party && wanted.on === on && (wanted.to === undefined || wanted.to === to)
}

function waitFor(ms: number, signals: readonly AbortSignal[]): Promise<boolean> {
  return pause(ms, true, { signal: AbortSignal.any([...signals]) }).catch(() => false)
}
