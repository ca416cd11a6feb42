import { stopAtFirst } from '#saml/rules/stop-at-first'
import type { IdpParts } from '../parts.ts'
import { refusalIn } from './attempt.ts'
import { formParcel, readFields } from './form-parcel.ts'
import { type Arrival, refuseArrival } from './note-received.ts'
import type { Parcel } from './parcel.ts'
import { queryParcel } from './query-parcel.ts'
import type { RawMessage } from './raw-message.ts'

type Used = Pick<IdpParts, 'config'>

/**
 * The message out of what carried it.
 * @throws RefusedMessage, which stands in the journal, of the first rule about its carrier that is broken.
 */
export function unpack<Parts>(used: Used, arrival: Arrival, { rules, parts, raw }: Parcel<Parts>): RawMessage {
  try {
    stopAtFirst(rules, parts)
    return { ...raw, wire: arrival.wire }
  } catch (error) {
    throw refuseArrival(used, arrival, refusalIn(error))
  }
}

/** What came to an address of ours, as it came. */
interface Came extends Pick<Arrival, 'what'> {
  /** The address. */
  readonly at: string
  /** The query, or the body of a form. */
  readonly text: string
}

/** The message in a query. @throws RefusedMessage when there is none that can be read. */
export function unpackQuery(used: Used, { what, at, text }: Came): RawMessage {
  const wire = { method: 'GET', url: `${at}?${text}` }
  return unpack(used, { what, binding: 'redirect', wire }, queryParcel(text, at))
}

/** The message in a form. @throws RefusedMessage when there is none that can be read, or a field occurs twice. */
export function unpackForm(used: Used, { what, at, text }: Came): RawMessage {
  const wire = { method: 'POST', url: at, body: text }
  const fields = () => readFields(text)
  return unpack(used, { what, binding: 'post', wire }, formParcel(fields, at))
}

/** Whether a query or a form, which may be unreadable, was meant to answer a request. */
export const carriesAnswer = (text: string): boolean => /(?:^|&)SAMLResponse=/.test(text)
