import type { RunningParties } from '../roles/running-parties.ts'
import { checkGiven } from './check-given.ts'
import type { Asked, EventSource, Operation, Outcome, StreamedOperation } from './operation.ts'
import { asControlError } from './refusals.ts'

/**
 * Checks what an operation is given and does it: the one way for both clients. What is answered is JSON, and nothing in it is anybody's live object.
 * @throws ControlError when it is refused; then nothing has changed.
 */
export async function perform(
  operation: Operation,
  parties: RunningParties,
  { given, ...asked }: Asked<unknown>,
): Promise<Outcome<unknown>> {
  const outcome = await run(operation, parties, { ...asked, given: checkGiven(operation.request, given) })
  return outcome.status === 204 ? outcome : { ...outcome, answer: JSON.parse(JSON.stringify(outcome.answer)) }
}

async function run(operation: Operation, parties: RunningParties, asked: Asked<unknown>): Promise<Outcome<unknown>> {
  const work = async (): Promise<Outcome<unknown>> => {
    await bringUpToDate(parties)
    return operation.run(parties, asked)
  }
  try {
    return await (parties.replicas === undefined ? work() : parties.replicas.step(work))
  } catch (error) {
    throw asControlError(error)
  }
}

/** What other replicas did before this was asked. */
async function bringUpToDate({ replicas, journal }: RunningParties): Promise<void> {
  if (replicas !== undefined) await Promise.all([replicas.refresh(), journal.catchUp()])
}

/** Checks what a streamed operation is given and opens it. @throws ControlError */
export async function open(
  operation: StreamedOperation,
  parties: RunningParties,
  { given, ...asked }: Asked<unknown>,
): Promise<EventSource> {
  await bringUpToDate(parties)
  return operation.open(parties, { ...asked, given: checkGiven(operation.request, given) })
}
