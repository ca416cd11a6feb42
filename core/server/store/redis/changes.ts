import { AsyncLocalStorage } from 'node:async_hooks'

/**
 * Changes of settings that the engine is given by one script: all of them, or none. Words that the files of this folder share:
 * a *step* is the handling of one request, whose changes are written before its answer goes out; a change is *pending* until the engine has confirmed it;
 * an *epoch* is the life of one content of the engine, which ends when the engine loses its data.
 */
export interface Changes {
  /** The latest of each setting, as text. */
  readonly settings: Map<string, string>
  /** The entry that is all that is left of the journal. */
  reset: string | undefined
  /** The epoch in which the first of them was made. */
  under: string | undefined
}

/** Keeps the changes of each step apart from those that were made outside of any step. */
export interface ChangesOfSteps {
  /** Where a change goes that is made now: with those of the step that is running, or with those outside of any. */
  readonly current: Changes
  /** All that the engine has not confirmed and nobody has given up: they hold here over whatever is read from the engine. */
  readonly pending: Iterable<Changes>
  /** Takes the changes of the running step, and those outside of any, to be written. They stay pending until `done`. */
  take(): Changes
  /** Takes those of the running step alone. */
  takeOwn(): Changes
  done(changes: Changes): void
  /** Does the work as a step, whose changes are its own. */
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
