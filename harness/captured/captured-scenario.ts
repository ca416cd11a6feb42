import type { World } from '../world/world.ts'
import type { MessageAnswer, MessageStep } from './message-step.ts'

/** A scenario that was made of captured messages: what `runScenario` takes, as JSON. */
export interface CapturedScenario {
  readonly id: string
  readonly title: string
  /** Of the rules that were broken. */
  readonly clauses: readonly string[]
  /** What a reader should know of it, a sentence each. */
  readonly notes: readonly string[]
  readonly given: World
  readonly steps: readonly MessageStep[]
  readonly expected: {
    /** What a realm makes of the message of each step. */
    readonly answers: readonly MessageAnswer[]
  }
}
