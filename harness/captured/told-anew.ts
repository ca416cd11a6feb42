import { candidateChanges } from './candidate-changes.ts'
import { withOtherNames } from './captured-message.ts'
import type { JudgedMessage } from './judge-captured.ts'
import type { Change, MessageAnswer, MessageStep } from './message-step.ts'
import { createMessageTeller, type MessageTeller, type MessageWorld } from './message-teller.ts'
import { keepNames, type ReplaceNames } from './name-replacer.ts'
import { type ReadMessage, userNameIn } from './read-message.ts'

/** A story of ours with the same effects. */
export interface ToldAnew {
  readonly steps: readonly MessageStep[]
  readonly answers: readonly MessageAnswer[]
}

export interface Telling {
  readonly world: MessageWorld
  readonly realm: string
  /** The service provider, by the name that it has in the story. */
  readonly at: string
  /** Who is meant where a message names nobody that can be read. */
  readonly user: string
  readonly replace: ReplaceNames
}

/**
 * Finds steps of ours that end as captured messages did, by trying what each rule that was broken lets one think of. Undefined when there is a message with which
 * no step ends so.
 */
export async function tellAnew(judged: readonly JudgedMessage[], telling: Telling): Promise<ToldAnew | JudgedMessage> {
  const story = new Story(telling)
  for (const one of judged) if (!(await story.goOn(one))) return one
  return story
}

export const isToldAnew = (told: ToldAnew | JudgedMessage): told is ToldAnew => 'steps' in told

class Story implements ToldAnew {
  readonly steps: MessageStep[] = []
  readonly answers: MessageAnswer[] = []
  readonly #telling: Telling
  readonly #teller: MessageTeller
  /** Whether the capture has shown a login so far. */
  #hasLogin = false
  /** By what their NameIDs say; the newest last. */
  readonly #users = new Map<string | undefined, string>()
  readonly #signedIn = new Set<string>()

  constructor(telling: Telling) {
    this.#telling = telling
    this.#teller = createMessageTeller(telling.world)
  }

  async goOn(judged: JudgedMessage): Promise<boolean> {
    const isSame = (answer: MessageAnswer) => isSameAnswer(answer, judged.answer, this.#hasLogin)
    for (const change of candidateChanges(judged, this.#telling.replace)) {
      const step = this.#stepFor(judged, change)
      if (step !== undefined && (await this.#try(step, isSame))) return this.#noteLogin(judged)
    }
    const replayed = this.#replayed(judged)
    return replayed !== undefined && (await this.#try(replayed, isSame))
  }

  /** Whoever is to be signed out is signed in for it; in the story only where that has not been told. */
  async #try(step: MessageStep, isSame: (answer: MessageAnswer) => boolean): Promise<boolean> {
    const first = step.kind === 'sign-out' ? ({ kind: 'sign-in', user: step.user, at: step.at } as const) : undefined
    try {
      if (first !== undefined) await this.#teller.take(first)
      const answer = await this.#teller.take(step)
      if (!isSame(answer)) return false
      if (first !== undefined && !this.#signedIn.has(first.user)) this.#tell(first, { what: 'Response', refusal: null })
      this.#tell(step, answer)
      return true
    } catch {
      // A change that cannot be made here has not the same effect.
      return false
    }
  }

  #tell(step: MessageStep, answer: MessageAnswer): void {
    this.steps.push(step)
    this.answers.push(answer)
    if (step.kind === 'sign-out') this.#signedIn.delete(step.user)
    if (step.kind === 'sign-in' && answer.refusal === null) this.#signedIn.add(step.user)
  }

  #noteLogin({ message, answer, isTakenForAccepted }: JudgedMessage): true {
    if (answer.what !== 'Response' || answer.refusal !== null) return true
    this.#users.set(message.nameId?.value, this.#userOf(message))
    if (!isTakenForAccepted) this.#hasLogin = true
    return true
  }

  #stepFor({ message, answer }: JudgedMessage, change: Change | undefined): MessageStep | undefined {
    const { at } = this.#telling
    const how = { at, ...(change && { change }) }
    if (answer.what === 'Response') return { kind: 'sign-in', user: this.#userOf(message), ...how }
    const user = this.#users.get(message.nameId?.value) ?? [...this.#users.values()].at(-1) ?? this.#telling.user
    if (answer.what === 'LogoutRequest') return { kind: 'sign-out', by: 'idp', user, ...how }
    return answer.what === 'LogoutResponse' ? { kind: 'sign-out', by: 'application', user, ...how } : undefined
  }

  #userOf(message: ReadMessage): string {
    const name = userNameIn(message)
    return name === undefined ? this.#telling.user : this.#telling.replace(name)
  }

  #replayed({ message, step }: JudgedMessage): MessageStep | undefined {
    const { realm, replace } = this.#telling
    // Whoever may keep the names replays it where its signature still verifies.
    if (replace === keepNames) return undefined
    const changed = withOtherNames(message.found.presented, replace)
    return changed && { ...step, realm, message: changed }
  }
}

/** How many pairs a LogoutRequest ended is known only of a capture in which somebody logged in. */
function isSameAnswer(answer: MessageAnswer, captured: MessageAnswer, hasLogin: boolean): boolean {
  if (answer.what !== captured.what || answer.refusal !== captured.refusal) return false
  return !hasLogin || captured.invalidated === undefined || answer.invalidated === captured.invalidated
}
