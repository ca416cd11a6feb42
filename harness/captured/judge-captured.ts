import { isInstant } from '#saml/instants'
import type { World } from '../world/world.ts'
import type { Judged } from './candidate-changes.ts'
import type { CaptureParties } from './capture-parties.ts'
import { asItWas } from './captured-message.ts'
import type { MessageAnswer, ReplayStep } from './message-step.ts'
import { createMessageTeller, type MessageTeller, type MessageWorld } from './message-teller.ts'
import type { ReadMessage } from './read-message.ts'

/** A captured message, what the realm that it was for makes of it, and the step that says so. */
export interface JudgedMessage extends Judged {
  readonly answer: MessageAnswer
  readonly step: ReplayStep
  /** Only its receiver could open what is encrypted in it. */
  readonly isTakenForAccepted: boolean
}

/** The realm that the messages were for, which trusts nobody but their sender. Whoever is named in a NameID is the user. */
export function capturedWorld({ spEntityId, acs, logout, idpMetadata }: CaptureParties): World {
  const settings = { 'attributes.principal': 'nameid' }
  return { realms: [{ name: 'captured', entityId: spEntityId, acs, logout, idpMetadata, settings }] }
}

export interface Judging {
  /** A world as `capturedWorld` describes it. */
  readonly world: MessageWorld
  /** The IDs of the requests that the capture shows. */
  readonly pending: readonly string[]
  /** The moment of every message; else its own. */
  readonly at: string | undefined
}

/** Replays messages in their order, each at the moment at which it was sent. */
export async function judgeCaptured(
  messages: readonly ReadMessage[],
  judging: Judging,
): Promise<readonly JudgedMessage[]> {
  const teller = createMessageTeller(judging.world)
  const all: JudgedMessage[] = []
  for (const message of messages) {
    const step = replayOf(message, judging)
    all.push({ message, at: step.at, step, ...(await judge(message, { step, judging, teller })) })
  }
  return all
}

function replayOf(message: ReadMessage, { pending, at = momentOf(message) }: Judging): ReplayStep {
  // What the capture does not show being asked was asked before it begins.
  const ids = pending.length > 0 || message.inResponseTo === undefined ? pending : [message.inResponseTo]
  return { kind: 'replay', realm: 'captured', at, message: asItWas(message.found.presented), inResponseTo: [...ids] }
}

interface AtHand {
  readonly step: ReplayStep
  readonly judging: Judging
  readonly teller: MessageTeller
}

async function judge(
  { isEncrypted, kind }: ReadMessage,
  { step, judging: { world }, teller }: AtHand,
): Promise<Pick<JudgedMessage, 'explained' | 'answer' | 'isTakenForAccepted' | 'hint'>> {
  if (isEncrypted) {
    const answer = { what: kind ?? 'message', refusal: null }
    return { answer, explained: { checks: [], refusal: null }, isTakenForAccepted: true }
  }
  const { at, realm, message, inResponseTo = [] } = step
  const judgement = await world.es.explain({ ...message, realm, at, inResponseTo: [...inResponseTo] })
  // Their codes are texts to whoever asks over HTTP.
  const explained = judgement as Judged['explained']
  const broken = explained.checks.find(({ holds }) => holds === false)
  return { explained, answer: await teller.take(step), isTakenForAccepted: false, hint: broken?.hint ?? undefined }
}

/** When it was sent; else when it says it was written; else a moment that is long ago for whatever ends. */
function momentOf({ found, issueInstant }: ReadMessage): string {
  const sent = Date.parse(found.at ?? '')
  if (!Number.isNaN(sent)) return new Date(sent).toISOString()
  return issueInstant !== undefined && isInstant(issueInstant) ? issueInstant : '2000-01-01T00:00:00.000Z'
}
