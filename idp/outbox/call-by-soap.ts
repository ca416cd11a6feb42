import { readSoap, soapAction, soapType } from '#saml/bindings/soap'
import { messageLimits } from '#saml/xml/read'
import { httpCall } from '#server/http-call'
import { attempt } from '../inbox/attempt.ts'
import { callParcel } from '../inbox/call-parcel.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { unpack } from '../inbox/unpack.ts'
import type { IdpParts } from '../parts.ts'
import type { Envelope } from './envelope.ts'

/**
 * Sends a message by SOAP, from here and without any browser, and answers what came back in the same exchange. Redirects are not followed, and neither a slow
 * nor an endless answer is waited for.
 * @throws HttpTimeout, RefusedMessage when what came back is no message, or an Error that says why nothing did.
 */
export async function callBySoap(
  parts: Pick<IdpParts, 'config'>,
  envelope: Envelope,
  timeoutMs: number,
): Promise<RawMessage> {
  if (envelope.way !== 'soap' || envelope.endpoint === undefined) throw new TypeError('only a SOAP call can be called')
  const { endpoint: url, body } = envelope
  const headers = { 'content-type': `${soapType}; charset=utf-8`, soapaction: soapAction }
  const { status, octets } = await httpCall(
    { method: 'POST', url, body },
    { headers, timeoutMs, maxBytes: messageLimits.bytes },
  )
  if (status !== 200 && !isFault(octets)) throw new Error(`POST ${url}: answered with ${status}`)
  const wire = { method: 'POST', url, body: octets.toString() }
  const parcel = callParcel(() => octets, { kind: 'SAMLResponse', arrivedAt: undefined })
  return unpack(parts, { what: 'LogoutResponse', binding: 'soap', wire }, parcel)
}

/** A fault comes with 500 (SOAP 1.1 §6.2) and says more than that. */
function isFault(octets: Uint8Array): boolean {
  const read = attempt(() => readSoap(octets))
  return read instanceof Error && 'fault' in read.facts
}
