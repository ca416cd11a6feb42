import type { Context, Handler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { faultCodeOf, soapType, writeSoapFault } from '#saml/bindings/soap'
import { SamlError, type SamlErrorCode } from '#saml/errors'
import { messageLimits } from '#saml/xml/read'
import { type Delivery, deliverOtherwise } from '#server/delivery'
import { legibleText } from '#server/legible-text'
import { readBody } from '#server/read-body'
import type { StoreUnavailable } from '#server/store/store-unavailable'
import { refusalIn } from '../inbox/attempt.ts'
import { callParcel } from '../inbox/call-parcel.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { factsOfRefusal } from '../inbox/refused-message.ts'
import { unpack } from '../inbox/unpack.ts'
import { sendOut } from '../outbox/send-out.ts'
import type { IdpParts } from '../parts.ts'
import { receiveLogoutRequest } from '../slo/receive-logout-request.ts'

/** Whoever calls reads an envelope, also when what is kept elsewhere cannot be had before or behind the call: the same call later is another (SOAP 1.1 §4.4.1). */
export function unavailableBySoap(c: Context, { config }: IdpParts, { message }: StoreUnavailable): Response {
  config.log.warn({ code: 'STORE_UNAVAILABLE' }, message)
  return sendEnvelope(c, writeSoapFault('Server', legibleText(`STORE_UNAVAILABLE: ${message}`)), 503)
}

/** POST /slo/soap: a LogoutRequest of a service provider, answered in the same exchange (saml-bindings-2.0 §3.2). */
export function sloBySoap(parts: IdpParts): Handler {
  return async function sloBySoap(c) {
    const answer = await answerTo(c, parts).catch(refusalIn)
    if (answer instanceof SamlError) return refuse(c, parts, answer)
    if (answer === undefined) return c.body(null, 202)
    return (answer.delivery && (await inPlaceOf(c, parts, answer.delivery))) ?? sendEnvelope(c, answer.body, 200)
  }
}

/** What a caller gets in place of the answer: who is never answered waits until he gives up. */
function inPlaceOf(c: Context, { config: { faults } }: IdpParts, delivery: Delivery): Promise<Response | undefined> {
  return deliverOtherwise(delivery, {
    ...{ wait: faults.wait, env: c.env },
    never: async () => {
      await faults.wait(longestWaitMs, c.req.raw.signal)
      return c.body(null, 202)
    },
    failure: () => c.text('This fails on purpose.\n', 500),
  })
}

/** A day. */
const longestWaitMs = 86_400_000

/** The envelope that answers; undefined when no answer is wanted. */
async function answerTo(c: Context, parts: IdpParts) {
  const move = await receiveLogoutRequest(parts, await receivedCall(c, parts))
  if (move.kind !== 'send') return undefined
  const sent = await sendOut(parts, move.draft, 'exchange')
  return sent.way === 'soap' ? sent : undefined
}

async function receivedCall(c: Context, parts: IdpParts): Promise<RawMessage> {
  const { sloSoapUrl: arrivedAt } = parts.config.endpoints
  const body = await bodyOfCall(c).catch(refusalIn)
  const wire = { method: 'POST', url: arrivedAt, body: body instanceof SamlError ? undefined : body.toString() }
  const envelope = () => {
    if (body instanceof SamlError) throw body
    return body
  }
  const parcel = callParcel(envelope, { kind: 'SAMLRequest', arrivedAt })
  return unpack(parts, { what: 'LogoutRequest', binding: 'soap', wire }, parcel)
}

async function bodyOfCall(c: Context): Promise<Buffer> {
  const [mediaType = ''] = (c.req.header('content-type') ?? '').split(';')
  if (mediaType.trim().toLowerCase() !== soapType) {
    throw new SamlError('SAML_SOAP', `a call is ${soapType}`, { expected: soapType, actual: mediaType })
  }
  const body = await readBody(c.req.raw, messageLimits.bytes)
  if (body === 'too-large') {
    throw new SamlError('SAML_TOO_LARGE', `the call has more than ${messageLimits.bytes} octets`)
  }
  if (body === 'incomplete') throw new SamlError('SAML_SOAP', 'the connection ended in the middle of the call')
  return body
}

/** What is no message is a SOAP fault, with the status that SOAP asks for; whom nobody will talk to is told so (saml-bindings-2.0 §3.2.3.3). */
const noMessage: readonly SamlErrorCode[] = [
  'SAML_SOAP',
  'SAML_XML',
  'SAML_ENCODING',
  'SAML_TOO_LARGE',
  'SAML_SCHEMA',
  'SAML_ROOT',
  'SAML_INSTANT',
]

function refuse(c: Context, { config }: IdpParts, error: SamlError): Response {
  const { code, message } = error
  config.log.warn(factsOfRefusal(error), message)
  const fault = writeSoapFault(faultCodeOf(error), legibleText(`${code}: ${message}`))
  return sendEnvelope(c, fault, noMessage.includes(code) ? 500 : 403)
}

function sendEnvelope(c: Context, envelope: string, status: ContentfulStatusCode): Response {
  return c.body(envelope, status, {
    'Content-Type': `${soapType}; charset=utf-8`,
    'Cache-Control': 'no-cache, no-store',
    Pragma: 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  })
}
