import { readPostedMessage } from '#saml/bindings/post'
import { readRedirect } from '#saml/bindings/redirect'
import { SamlError } from '#saml/errors'
import type { IdpParts } from '../parts.ts'
import { refusalIn } from './attempt.ts'
import { type Arrival, refuseArrival } from './note-received.ts'
import type { RawMessage } from './raw-message.ts'

type Used = Pick<IdpParts, 'config'>

/**
 * From what arrived to a raw message.
 * @throws RefusedMessage, which stands in the journal, when there is no message in it.
 */
export function unpack(parts: Used, arrival: Arrival, work: () => RawMessage): RawMessage {
  try {
    const raw = work()
    if (arrival.what === 'AuthnRequest' && raw.kind !== 'SAMLRequest') {
      throw new SamlError('SAML_MESSAGE_MISSING', 'there is no SAMLRequest, but a SAMLResponse')
    }
    return raw
  } catch (error) {
    throw refuseArrival(parts, arrival, refusalIn(error))
  }
}

/** What came to an address of ours, as it came. */
interface Received extends Pick<Arrival, 'what'> {
  /** The address. */
  readonly at: string
  /** The query, or the body of a form. */
  readonly text: string
}

const maxOctets = 64 * 1024

/** The message in a query. @throws RefusedMessage when there is none that can be read. */
export function unpackQuery(parts: Used, { what, at: arrivedAt, text }: Received): RawMessage {
  const wire = { method: 'GET', url: `${arrivedAt}?${text}` }
  return unpack(parts, { what, binding: 'redirect', wire }, () => {
    if (text.length > maxOctets) {
      throw new SamlError('SAML_TOO_LARGE', `the query string has more than ${maxOctets} octets`, {
        expected: `at most ${maxOctets}`,
        actual: text.length,
      })
    }
    return { ...readRedirect(text), arrivedAt, carrier: 'browser', wire }
  })
}

/** The message in a form. @throws RefusedMessage when there is none that can be read, or a field occurs twice. */
export function unpackForm(parts: Used, { what, at: arrivedAt, text }: Received): RawMessage {
  const wire = { method: 'POST', url: arrivedAt, body: text }
  return unpack(parts, { what, binding: 'post', wire }, () => {
    const form = readFields(text)
    const kind = form.has('SAMLResponse') ? 'SAMLResponse' : 'SAMLRequest'
    if (form.has('SAMLResponse') && form.has('SAMLRequest')) {
      throw new SamlError('SAML_QUERY_AMBIGUOUS', 'the form has both a SAMLRequest and a SAMLResponse')
    }
    const document = readPostedMessage(kind, form.get(kind))
    const relayState = form.get('RelayState')
    return { kind, document, relayState, signature: { kind: 'in-document' }, arrivedAt, carrier: 'browser', wire }
  })
}

/** Whether a query or a form, which may be unreadable, was meant to answer a request. */
export const carriesAnswer = (text: string): boolean => /(?:^|&)SAMLResponse=/.test(text)

/** The fields of a form. @throws SamlError SAML_QUERY_AMBIGUOUS when one occurs twice. */
export function readFields(text: string): ReadonlyMap<string, string> {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.has(name)) throw new SamlError('SAML_QUERY_AMBIGUOUS', `the field ${name} occurs more than once`)
    form.set(name, value)
  }
  return form
}
