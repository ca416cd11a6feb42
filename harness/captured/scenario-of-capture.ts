import { isDeepStrictEqual } from 'node:util'
import { ConfigError } from '#server/config-error'
import type { Found } from '../explain/found-message.ts'
import type { Lab } from '../lab.ts'
import type { World } from '../world/world.ts'
import { type CaptureParties, captureParties, isForRealm, otherReceiver } from './capture-parties.ts'
import type { CapturedScenario } from './captured-scenario.ts'
import { capturedWorld, type JudgedMessage, judgeCaptured } from './judge-captured.ts'
import type { MessageAnswer, MessageStep } from './message-step.ts'
import { createMessageTeller, type MessageWorld } from './message-teller.ts'
import { keepNames, nameReplacer, type ReplaceNames } from './name-replacer.ts'
import { type ReadMessage, readMessage, userNameIn } from './read-message.ts'
import { isToldAnew, type ToldAnew, tellAnew } from './told-anew.ts'

export interface CaptureOptions {
  /** Where the worlds run in which it is tried. */
  readonly server: Pick<Lab, 'labs'>
  /** Of the IdP, as XML; else the certificates that came with its messages are believed. */
  readonly metadata?: string | undefined
  /** The moment of every message; else when each was sent, as the capture says, or when it says it was written. */
  readonly at?: string | undefined
  /** Whether names and addresses of people stay as they were. */
  readonly keepsNames: boolean
}

/**
 * A scenario in which a realm judges as it judged what the IdP sent in a capture: by changes of ours that have the same effect, else by the messages as they were.
 * It has been run, and ended so.
 * @throws ConfigError in one sentence when nothing in the capture can be judged, or it cannot be told without the names in it
 */
export async function scenarioOfCapture(found: Found, options: CaptureOptions): Promise<CapturedScenario> {
  const messages = found.messages.map(readMessage)
  const parties = captureParties(messages, options.metadata)
  const sent = messages.filter((message) => isForRealm(message, parties))
  const received = sent.filter((message) => otherReceiver(message, parties) === undefined)
  const others = sent.flatMap((message) => otherReceiver(message, parties) ?? [])
  if (received.length === 0) throw new ConfigError('no message in it is one that an identity provider sends to a realm')
  const ids = messages.flatMap(({ issuer, kind, id }) =>
    id !== undefined && issuer !== parties.idpEntityId && kind !== 'Response' ? [id] : [],
  )
  const inWorld = async <T>(world: World, use: (lab: MessageWorld) => Promise<T>): Promise<T> => {
    const lab = await options.server.labs.create(world)
    return use(lab).finally(() => lab.close())
  }
  const captured = capturedWorld(parties)
  const judging = { pending: ids, at: options.at }
  const judged = await inWorld(captured, (world) => judgeCaptured(received, { world, ...judging }))
  const replace = options.keepsNames ? keepNames : nameReplacer(messages, parties)
  const ours = ourWorld(received, { parties, replace })
  const telling = { realm: 'saml1', at: replace(parties.spEntityId), user: ours.user, replace }
  const told = await inWorld(ours.world, (world) => tellAnew(judged, { world, ...telling }))
  const isSame = isToldAnew(told) && (await inWorld(ours.world, (world) => endsSo(told, world)))
  const story = isSame ? { world: ours.world, ...told } : asItWas(judged, { told, captured, options })
  return scenarioOf(story, { judged, replace, found, others, isReplayed: !isSame })
}

interface Named {
  readonly parties: CaptureParties
  readonly replace: ReplaceNames
}

/** An IdP of ours with the name of the captured one, and the realm for which it wrote. */
function ourWorld(messages: readonly ReadMessage[], { parties, replace }: Named): { world: World; user: string } {
  const names = messages.flatMap((message) => (message.kind === 'Response' ? (userNameIn(message) ?? []) : []))
  const users = [...new Set(names.map(replace))]
  const user = users[0] ?? 'person1'
  const [entityId, acs, logout] = [parties.spEntityId, parties.acs, parties.logout].map(replace)
  const world: World = {
    entityId: replace(parties.idpEntityId),
    users: (users.length === 0 ? [user] : users).map((name) => ({ name })),
    realms: [{ name: 'saml1', entityId, acs, logout }],
  }
  return { world, user }
}

/** Whether a story ends so when it is told from its beginning. */
async function endsSo({ steps, answers }: ToldAnew, world: MessageWorld): Promise<boolean> {
  const teller = createMessageTeller(world)
  const again: MessageAnswer[] = []
  for (const step of steps) again.push(await teller.take(step))
  return isDeepStrictEqual(again, answers)
}

interface Story extends ToldAnew {
  readonly world: World
}

interface Failed {
  readonly told: ToldAnew | JudgedMessage
  readonly captured: World
  readonly options: CaptureOptions
}

function asItWas(judged: readonly JudgedMessage[], { told, captured, options }: Failed): Story {
  const sealed = judged.find(({ isTakenForAccepted }) => isTakenForAccepted)
  if (sealed !== undefined)
    throw new ConfigError(
      `${placeOf(sealed)} is encrypted for a key that is not here, and cannot be repeated as it was`,
    )
  if (options.keepsNames)
    return { world: captured, steps: judged.map(({ step }) => step), answers: judged.map(({ answer }) => answer) }
  const which = isToldAnew(told) ? 'it' : placeOf(told)
  throw new ConfigError(`${which} can be repeated only as it was, with the names in it: --keep-names allows that`)
}

const placeOf = ({ message: { kind, found }, answer: { refusal } }: JudgedMessage): string => {
  const where = found.where === undefined ? '' : ` (${found.where})`
  return `the ${kind ?? 'message'}${where}${refusal === null ? '' : `, refused with ${refusal},`}`
}

interface Made {
  readonly judged: readonly JudgedMessage[]
  readonly replace: ReplaceNames
  readonly found: Found
  /** Where the messages went that are for other service providers. */
  readonly others: readonly string[]
  readonly isReplayed: boolean
}

function scenarioOf(
  { world, steps, answers }: Story,
  { judged, replace, found, others, isReplayed }: Made,
): CapturedScenario {
  const refused = judged.filter(({ answer }) => answer.refusal !== null)
  const broken = refused.flatMap(({ explained }) => explained.checks.find(({ holds }) => holds === false) ?? [])
  const { id, title } = endingOf(answers)
  const hints = judged.flatMap(({ hint }) => (hint === undefined ? [] : [replace(hint)]))
  const sealed = judged.filter(({ isTakenForAccepted }) => isTakenForAccepted).map((one) => replace(placeOf(one)))
  return {
    id: `captured/${id}`,
    title,
    clauses: [...new Set(broken.map(({ clause }) => clause))],
    notes: [
      isReplayed ? 'The captured messages are replayed as they were.' : 'The messages are written anew.',
      ...leftOut(others).map(replace),
      ...hints,
      ...sealed.map((place) => `${place} is encrypted, and taken for accepted.`),
      ...found.unread.map((sentence) => `Not read: ${replace(sentence)}`),
    ],
    given: world,
    steps: steps satisfies readonly MessageStep[],
    expected: { answers },
  }
}

function leftOut(others: readonly string[]): readonly string[] {
  return [...new Set(others)].map((origin) => {
    const count = others.filter((each) => each === origin).length
    const what = count === 1 ? '1 message is' : `${count} messages are`
    return `${what} for another service provider, at ${origin}, and left out: a scenario has one.`
  })
}

/** By the last message with which something is wrong. */
function endingOf(answers: readonly MessageAnswer[]): { readonly id: string; readonly title: string } {
  const wrong = answers.findLast(({ refusal, invalidated }) => refusal !== null || invalidated === 0)
  if (wrong === undefined) return { id: 'accepted', title: 'every message is accepted' }
  const { what, refusal } = wrong
  const kind = what.replace(/(?<=[a-z])[A-Z]/g, '-$&').toLowerCase()
  if (refusal === null) return { id: `${kind}-ends-nothing`, title: `a ${what} is accepted and ends no session` }
  return { id: `${kind}-${refusal.toLowerCase().replaceAll('_', '-')}`, title: `a ${what} is refused with ${refusal}` }
}
