import type { RedirectParts } from '#saml/bindings/redirect-rules'
import { hintForDecoding } from '#saml/rules/hints/decoding'
import type { Hints } from '#saml/rules/hints/hint'
import type { FormParts } from '../inbox/form-parcel.ts'

type QueryParts = RedirectParts & { readonly query: string }

const ofQuery = ({ message, query }: QueryParts) =>
  hintForDecoding({ value: message.get().value, carrier: 'query', carriedLength: query.length })

/** For the rules about a query. */
export const queryHints: Hints<QueryParts> = { base64: ofQuery, deflated: ofQuery }

/** For the rules about a form. */
export const formHints: Hints<FormParts> = {
  base64: ({ value }) => hintForDecoding({ value: value.get(), carrier: 'form' }),
}
