import { AsyncLocalStorage } from 'node:async_hooks'

/** What is written as one: all of it, or nothing. */
export interface Changes {
  /** The latest of each setting, as text. */
  readonly settings: Map<string, string>
  /** The entry that is all that is left of the journal. */
  reset: string | undefined
  /** What the engine had when the first of it was made. */
  under: string | undefined
}

/** Knows of each change whose it is. */
export interface ChangesOfSteps {
  /** Where a change goes that is made now: with those of the step in which it is, or with those of nobody. */
  readonly current: Changes
  /** All that nobody has taken or dropped, and what was taken and is not done. */
  readonly pending: Iterable<Changes>
  /** Takes those of nobody and of the step in which we are, which has no more from here on. They stay pending until they are done. */
  take(): Changes
  /** The same without those of nobody. */
  takeOwn(): Changes
  done(changes: Changes): void
  /** Does it as a step with changes of its own. */
  during<T>(work: () => Promise<T>): Promise<T>
}

interface Step {
  readonly of: ChangesOfSteps
  readonly outer: Step | undefined
  /** Until they are taken. */
  changes: Changes | undefined
}

/** One for all labs: each costs every promise of the process something. */
const steps = new AsyncLocalStorage<Step>()

const none = (): Changes => ({ settings: new Map(), reset: undefined, under: undefined })

export function createChanges(): ChangesOfSteps {
  const pending = new Set<Changes>()
  let ofNobody = none()
  const stepHere = (): Step | undefined => {
    let step = steps.getStore()
    while (step !== undefined && step.of !== self) step = step.outer
    return step
  }
  const self: ChangesOfSteps = {
    get current() {
      const changes = stepHere()?.changes ?? ofNobody
      pending.add(changes)
      return changes
    },
    pending,
    take() {
      const [others, ours] = [ofNobody, self.takeOwn()]
      const taken = {
        settings: new Map([...others.settings, ...ours.settings]),
        reset: ours.reset ?? others.reset,
        under: others.under ?? ours.under,
      }
      pending.delete(ours)
      pending.delete(others)
      pending.add(taken)
      ofNobody = none()
      return taken
    },
    takeOwn() {
      const step = stepHere()
      const ours = step?.changes ?? none()
      pending.add(ours)
      if (step !== undefined) step.changes = undefined
      return ours
    },
    done: (changes) => void pending.delete(changes),
    during: (work) => steps.run({ of: self, outer: steps.getStore(), changes: none() }, work),
  }
  return self
}
