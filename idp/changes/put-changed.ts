import { type Addressee, type Caller, type Draft, destinationOf } from '../outbox/draft.ts'
import { type Carried, type Envelope, formEnvelope, parameterOf, soapEnvelope } from '../outbox/envelope.ts'
import { writeDocument } from '../outbox/write-document.ts'
import type { Change } from './change-list.ts'
import type { ChangeParts, Met, Signing } from './change-row.ts'
import { addressWith, type Encoder, encodeParameter, padding, rightEncoder } from './encoder.ts'
import { changedAt, makeDraft } from './make-changes.ts'
import type { Parameter } from './parameter.ts'
import { signChangedDocument } from './sign-changed-document.ts'
import { signChangedQuery } from './sign-changed-query.ts'

interface Changing {
  readonly change: Change
  readonly met: Met
}

/** The way out with a guest at each of its six points; what is not changed is as `putInEnvelope` makes it. */
export async function putChangedInEnvelope(parts: ChangeParts, draft: Draft, wanted: Change): Promise<Envelope> {
  const right = await boundOtherwise(draft, { change: wanted, met: { draft, parts } })
  const met = { draft: right, parts }
  const { draft: drafted, change, notMade } = await makeDraft(wanted, met)
  const changing = { change, met }
  const document = await changedAt('document', writeDocument(drafted), changing)
  const to = await changedAt('sending', right.to, changing)
  return { ...(await carried({ ...drafted, to }, document, changing)), id: drafted.fields.id, draft: drafted, notMade }
}

/** By which binding it goes decides what all else means, so this is known first. What it says as its Destination follows. */
async function boundOtherwise(draft: Draft, { change, met }: Changing): Promise<Draft> {
  const { binding } = change
  if (binding === undefined || draft.to.way === 'exchange') return draft
  const to = await changedAt('sending', draft.to, { change: { binding }, met })
  return { ...draft, to, fields: { ...draft.fields, destination: destinationOf(to) } } as Draft
}

async function carried(draft: Draft, document: string, changing: Changing): Promise<Carried> {
  const encoder = await changedAt('encoding', rightEncoder, changing)
  const signing = await changedAt('signing', rightSigning(draft.to, changing.met), changing)
  const signed = await signChangedDocument(document, draft, { signing, config: changing.met.parts.config })
  const { to } = draft
  switch (to.way) {
    case 'redirect': {
      const encoded = encodeMessage(signed, draft, encoder)
      const whole = await signChangedQuery(encoded, draft, { signing, encoder })
      const sent = await changedAt('envelope', whole, changing)
      return { way: 'redirect', url: addressWith(to.address, sent), document: signed }
    }
    case 'post':
      return encodeForm(formEnvelope(to.address, draft, signed), encoder, changing)
    case 'soap':
      return soapEnvelope(signed, to.address)
    case 'exchange':
      return soapEnvelope(signed)
  }
}

/** By Redirect the query is signed, else the document (saml-bindings-2.0 §3.2, §3.4.4.1, §3.5.4). */
function rightSigning({ way }: Addressee | Caller, { parts }: Met): Signing {
  const isQuery = way === 'redirect'
  return {
    credential: parts.config.keys.signing(),
    query: isQuery ? 'whole' : 'none',
    document: !isQuery,
    tampered: undefined,
    wrapping: undefined,
  }
}

function encodeMessage(document: string, draft: Draft, encoder: Encoder): readonly Parameter[] {
  const value = encoder.toText(encoder.compress(document))
  const message = encodeParameter(encoder, { role: 'message', name: parameterOf(draft), value })
  const { relayState } = draft
  if (relayState === undefined) return [message]
  return [message, encodeParameter(encoder, { role: 'relayState', name: 'RelayState', value: relayState })]
}

/** A form carries base64 of the document, which nothing compresses. */
function encodeForm(right: Extract<Carried, { way: 'post' }>, encoder: Encoder, { change }: Changing): Carried {
  const [message, ...others] = right.form.fields
  if (message === undefined) return right
  const octets = Buffer.from(change.deflate === 'padded' ? right.document + padding : right.document)
  return { ...right, form: { ...right.form, fields: [{ ...message, value: encoder.toText(octets) }, ...others] } }
}
