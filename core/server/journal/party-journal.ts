import type { Seen } from './seen.ts'

/** The journal, for one party to write into. */
export interface PartyJournal {
  /** Writes down what was seen now, and answers its `seq`, by which log lines name it; 0 where another process gives the numbers. Costs no decoding and waits for nobody. */
  note(seen: Seen): number
}

/** For a party that is not in a lab: nothing is kept. */
export const noJournal: PartyJournal = { note: () => 0 }
