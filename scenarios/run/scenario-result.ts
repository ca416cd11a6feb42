import type { Lab, Ledger } from '../../harness/index.ts'
import type { SeenPage } from '../drivers/user-agent.ts'
import type { Truth } from '../scenario/expected.ts'
import { familyOf, type Scenario } from '../scenario/scenario.ts'

type Parties = Awaited<ReturnType<Lab['world']>>
type LabBundle = Awaited<ReturnType<Lab['bundle']>>

/** A picture of the page that a browser showed last. */
export interface Picture {
  readonly browser: string
  readonly png: Uint8Array
}

/** What there was to be seen when the last step had been taken, or one could not be. */
export interface Sight {
  /** All that the world tells of itself; nothing where there was none. */
  readonly bundle?: LabBundle
  readonly world: Pick<Parties, 'parties' | 'realms'>
  readonly pictures: readonly Picture[]
}

/** A scenario that is to be told, and which of how many times. */
export interface Asked {
  readonly scenario: Scenario
  /** Counted from 1. */
  readonly round: number
  readonly rounds: number
}

/** What came of telling a scenario. */
export interface ScenarioResult extends Asked {
  /** It differs where one thing is not as the scenario says, or a step could not be taken. */
  readonly outcome: 'held' | 'differs' | 'notRun'
  /** Why it was not told; null where it was. */
  readonly reason: string | null
  /** The last page; null where it was not come to. */
  readonly claimed: SeenPage | null
  readonly proven: Truth | null
  /** One sentence each, claims that are not so among them. */
  readonly differences: readonly string[]
  /** Those of them that are about a claim that is not so. */
  readonly lies: readonly string[]
  readonly ledgers: readonly Ledger[]
  readonly sight: Sight
  readonly ms: number
  /** The file that repeats it; null where none was written. */
  readonly bundle: string | null
}

export const nothingSeen: Sight = { world: { parties: [], realms: [] }, pictures: [] }

const nothingTold = {
  claimed: null,
  proven: null,
  differences: [],
  lies: [],
  ledgers: [],
  sight: nothingSeen,
  ms: 0,
  bundle: null,
} as const

export const notRun = (asked: Asked, reason: string): ScenarioResult => ({
  ...asked,
  ...nothingTold,
  outcome: 'notRun',
  reason,
})

/** A scenario whose next step could not be taken. */
export const brokenOff = (asked: Asked, sentence: string): ScenarioResult => ({
  ...asked,
  ...nothingTold,
  outcome: 'differs',
  reason: null,
  differences: [sentence],
})

/** What the journal told of it, oldest first. */
export const entriesOfResult = ({ sight }: ScenarioResult): LabBundle['entries'] => sight.bundle?.entries ?? []

/** How it is called where several rounds of it stand beside each other. */
export const nameOf = ({ scenario, round, rounds }: Asked): string =>
  rounds === 1 ? scenario.id : `${scenario.id} (${round} of ${rounds})`

/** The same as a name for files. */
export const fileNameOf = ({ scenario, round, rounds }: Asked): string =>
  `${scenario.id.replace(/[^\w-]+/g, '-')}${rounds === 1 ? '' : `-${round}`}`

export const familyOfResult = ({ scenario }: Asked): string => familyOf(scenario)
