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

/** The body of a form, as it came. @throws PartnerError (400, 413) when it does not come whole, or is too long */
export async function readFormText(request: Request): Promise<string> {
  const octets = await readBody(request, maxOctets)
  if (octets === 'too-large') throw new PartnerError(413, `The request is larger than ${maxOctets} octets.`)
  if (octets === 'incomplete') throw new PartnerError(400, 'The connection ended in the middle of the body.')
  return octets.toString()
}

/** @throws PartnerError (400) when there is no message, or more than one */
export function readMessageForm(text: string): MessageForm {
  const fields = new URLSearchParams(text)
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
