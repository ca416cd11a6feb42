import { setTimeout as pause } from 'node:timers/promises'
import { type Log, silentLog } from './logging.ts'

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
  giveBack(unmade: readonly Unmade[]): void
}

/** The faults of one party, for the party to ask. */
export interface PartyFaults {
  /** The first armed fault that concerns the message and is not used up; it counts as fired unless it is given back. */
  meet(message: { readonly on: string; readonly to: string }): MetFault | undefined
  /** Waits that long, in real time; false when the lab ends, or the signal says so, before. */
  wait(ms: number, signal?: AbortSignal): Promise<boolean>
}

/** The faults of a lab. */
export interface Faults {
  of(party: string): PartyFaults
  /** Oldest first. */
  list(): readonly ListedFault[]
  /** Undefined when there are as many as can be: then nothing has changed. */
  arm(fault: WantedFault): ListedFault | undefined
  /** Whether there was one of this id. */
  disarm(id: string): boolean
  disarmAll(): void
  /** As after the start; answers those that never fired. */
  reset(): readonly ListedFault[]
  /** Ends all waiting, and warns of every fault that never fired. */
  close(): void
}

interface Armed {
  readonly wanted: WantedFault
  readonly id: string
  fired: number
  unmade: readonly Unmade[]
}

/** More than anybody reads, and few enough for every message to be compared with. */
export const mostFaults = 1_000

/** Faults that are armed from the start. */
export function createFaults(start: readonly WantedFault[] = [], log: Log = silentLog): Faults {
  const byParty = new Map<string, Armed[]>()
  const ending = new AbortController()
  let all: readonly Armed[] = []
  let made = 0
  const armedOf = (party: string): Armed[] => {
    const armed = byParty.get(party) ?? []
    byParty.set(party, armed)
    return armed
  }
  const keep = (kept: readonly Armed[]) => {
    all = kept
    for (const [party, armed] of byParty) armed.splice(0, armed.length, ...kept.filter((each) => isOf(each, party)))
  }
  const arm = (wanted: WantedFault): ListedFault | undefined => {
    if (all.length >= mostFaults) return undefined
    made += 1
    const armed = { wanted, id: `f${made}`, fired: 0, unmade: [] }
    all = [...all, armed]
    armedOf(wanted.party).push(armed)
    return listed(armed)
  }
  const armStart = () => {
    made = 0
    for (const wanted of start) arm(wanted)
  }
  const unused = () => all.filter(({ fired }) => fired === 0)
  armStart()
  return {
    of(party) {
      const armed = armedOf(party)
      return {
        meet: (message) => (armed.length === 0 ? undefined : meet(armed, message)),
        wait: (ms, signal) => waitFor(ms, signal === undefined ? [ending.signal] : [ending.signal, signal]),
      }
    },
    list: () => all.map(listed),
    arm,
    disarm(id) {
      const kept = all.filter((each) => each.id !== id)
      const isThere = kept.length < all.length
      keep(kept)
      return isThere
    },
    disarmAll: () => keep([]),
    reset() {
      const never = unused().map(listed)
      keep([])
      armStart()
      return never
    },
    close() {
      if (ending.signal.aborted) return
      ending.abort()
      for (const { id, wanted } of unused()) {
        const { party, on } = wanted
        log.warn({ code: 'FAULT_UNUSED', fault: id, party, on }, `the fault ${id} (${on} of ${party}) never fired`)
      }
    },
  }
}

/** For a party that is not in a lab. */
export const noFaults: PartyFaults = createFaults().of('')

const isOf = ({ wanted }: Armed, party: string): boolean => wanted.party === party

function meet(armed: readonly Armed[], { on, to }: Parameters<PartyFaults['meet']>[0]): MetFault | undefined {
  const met = armed.find(({ wanted, fired }) => {
    if (wanted.on !== on || (wanted.to !== undefined && wanted.to !== to)) return false
    return wanted.times === 'always' || fired < wanted.times
  })
  if (met === undefined) return undefined
  met.fired += 1
  met.unmade = []
  return {
    id: met.id,
    change: met.wanted.change,
    giveBack(unmade) {
      met.fired -= 1
      met.unmade = unmade
    },
  }
}

const listed = ({ id, wanted, fired, unmade }: Armed): ListedFault => {
  const { party, on, to = null, times, change } = wanted
  return { id, party, on, to, times, change, fired, notMade: unmade }
}

function waitFor(ms: number, signals: readonly AbortSignal[]): Promise<boolean> {
  return pause(ms, true, { signal: AbortSignal.any([...signals]) }).catch(() => false)
}
