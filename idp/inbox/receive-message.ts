import type { MessageHeader } from '#saml/messages/header'
import type { IdpParts } from '../parts.ts'
import { refusalIn } from './attempt.ts'
import { type Arrival, type Judged, type Progress, refuseReceived, writeDown } from './note-received.ts'
import type { RawMessage } from './raw-message.ts'
import { type ReadMessage, readRaw } from './read-message.ts'
import type { SignatureRules } from './signature-rules.ts'
import { type VerifiedMessage, verifyRead } from './verify-message.ts'

/** How messages of one kind are received. */
interface Receiving<Message, Verdict> {
  readonly what: Arrival['what']
  readonly parse: ReadMessage<Message>['parse']
  readonly signature: SignatureRules
  /** @throws SamlError when nobody may hear of it but the person who is here */
  readonly judge: (verified: VerifiedMessage<Message>) => Verdict | Promise<Verdict>
}

/**
 * The one way in: raw → read → verify → rules → verdict. Once judged, and before anything follows from it, the message stands in the journal; a refusal
 * knows its place there.
 * @throws RefusedMessage of the first step that it did not take.
 */
export async function receiveMessage<Message extends MessageHeader, Verdict extends Judged>(
  parts: IdpParts,
  raw: RawMessage,
  { what, parse, signature, judge }: Receiving<Message, Verdict>,
): Promise<Verdict> {
  const progress: Progress = { what, raw }
  try {
    progress.read = readRaw(raw, parse)
    progress.verified = verifyRead(parts, progress.read as ReadMessage<Message>, signature)
    const judged = await judge(progress.verified as VerifiedMessage<Message>)
    const { refusal } = judged
    if (refusal !== undefined) return { ...judged, refusal: refuseReceived(parts, progress, { refusal, judged }) }
    writeDown(parts, progress, { judged })
    return judged
  } catch (error) {
    throw refuseReceived(parts, progress, { refusal: refusalIn(error) })
  }
}
