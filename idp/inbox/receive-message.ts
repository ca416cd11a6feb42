import type { IdpParts } from '../parts.ts'
import { refusalIn } from './attempt.ts'
import { type Judged, refuseReceived, writeDown } from './note-received.ts'
import type { Received } from './received.ts'

/**
 * The one way in: its rules are asked, and once judged, before anything follows from it, the message stands in the journal; a refusal knows its place there.
 * `judge` throws a SamlError where nobody may hear of it but the person who is here.
 * @throws RefusedMessage of what it threw.
 */
export async function receiveMessage<Verdict extends Judged>(
  parts: Pick<IdpParts, 'config'>,
  received: Received,
  judge: () => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  try {
    const judged = await judge()
    const { refusal } = judged
    if (refusal !== undefined) return { ...judged, refusal: refuseReceived(parts, received, { refusal, judged }) }
    writeDown(parts, received, { judged })
    return judged
  } catch (error) {
    throw refuseReceived(parts, received, { refusal: refusalIn(error) })
  }
}
