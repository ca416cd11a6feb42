import { readBody } from '#server/read-body'
import { PartnerError } from '../partner-error.ts'

const maxOctets = 256 * 1024

/** A message by POST (saml-bindings-2.0 §3.5.4). */
export interface MessageForm {
  readonly kind: 'SAMLRequest' | 'SAMLResponse'
  /** base64 */
  readonly message: string
  readonly relayState: string | undefined
}

/** @throws PartnerError (400, 413) when there is no message, more than one, or too much of it */
export async function readMessageForm(request: Request): Promise<MessageForm> {
  const octets = await readBody(request, maxOctets)
  if (octets === 'too-large') throw new PartnerError(413, `The request is larger than ${maxOctets} octets.`)
  if (octets === 'incomplete') throw new PartnerError(400, 'The connection ended in the middle of the body.')
  const fields = new URLSearchParams(octets.toString())
  const messages = (['SAMLRequest', 'SAMLResponse'] as const).flatMap((kind) =>
    fields.getAll(kind).map((message) => ({ kind, message })),
  )
  const [message, other] = messages
  if (message === undefined || message.message === '') {
    throw new PartnerError(400, 'The request has neither a SAMLRequest nor a SAMLResponse.')
  }
  if (other !== undefined) throw new PartnerError(400, 'The request has more than one message.')
  return { ...message, relayState: fields.get('RelayState') ?? undefined }
}
