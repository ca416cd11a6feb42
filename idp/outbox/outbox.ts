import { encodeRedirectQuery, signRedirectQuery } from '#saml/bindings/redirect-query'
import type { Change } from '../changes/change-list.ts'
import type { ChangeParts } from '../changes/change-row.ts'
import { standingChange } from '../personalities/manner-of.ts'
import type { Draft } from './draft.ts'
import { type Carried, type Envelope, formEnvelope, parameterOf, queryEnvelope, soapEnvelope } from './envelope.ts'
import { signDocument } from './sign-document.ts'
import { writeDocument } from './write-document.ts'

/**
 * The one way out: draft → document → encoding → signing → envelope. By Redirect the encoded query is signed; in a form and by SOAP the document is, and
 * there is nothing to encode before it (saml-bindings-2.0 §3.2, §3.4.4.1, §3.5.4). Sending is for who has the browser, or for `callBySoap`. A change travels
 * beside the draft, over what the personality changes in every message, and what of it the message cannot take is told in the envelope; without one nobody asks for any.
 */
export async function putInEnvelope(parts: ChangeParts, draft: Draft, asked?: Change): Promise<Envelope> {
  const standing: Change | undefined = standingChange(parts.behaviour.now().personality, draft.kind)
  if (asked === undefined && standing === undefined) {
    return { id: draft.fields.id, draft, ...(await carried(parts, draft)) }
  }
  const { putChangedInEnvelope } = await import('../changes/put-changed.ts')
  const { notMade = [], ...envelope } = await putChangedInEnvelope(parts, draft, { ...standing, ...asked })
  return { ...envelope, notMade: notMade.filter(({ key }) => asked?.[key] !== undefined) }
}

async function carried({ config }: ChangeParts, draft: Draft): Promise<Carried> {
  const document = writeDocument(draft)
  const { to, relayState } = draft
  switch (to.way) {
    case 'redirect': {
      const query = encodeRedirectQuery({ kind: parameterOf(draft), document, relayState })
      const signed = await signRedirectQuery(query, { credential: config.keys.signing() })
      return queryEnvelope(to.address, signed, document)
    }
    case 'post':
      return formEnvelope(to.address, draft, await signDocument(document, draft, config))
    case 'soap':
      return soapEnvelope(await signDocument(document, draft, config), to.address)
    case 'exchange':
      return soapEnvelope(await signDocument(document, draft, config))
  }
}
