import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { IdpConfig } from '../config.ts'
import type { Draft } from './draft.ts'

/** From document to signed document: what travels by a form is signed in itself (`spec/contract.md` §2.5). */
export async function signDocument(document: string, draft: Draft, { keys }: Pick<IdpConfig, 'keys'>): Promise<string> {
  const credential = keys.signing()
  let signed = document
  for (const id of signedIds(draft)) signed = await signEnveloped(signed, id, credential)
  return signed
}

/** The elements to be signed, the inner ones first: the signature of the message covers theirs. A message without Assertion is signed as a whole. */
function signedIds(draft: Draft): readonly string[] {
  const { id } = draft.fields
  if (draft.kind !== 'Response' || draft.fields.assertions.length === 0 || draft.signedParts === 'response') return [id]
  const assertions = draft.fields.assertions.map((assertion) => assertion.id)
  return draft.signedParts === 'assertion' ? assertions : [...assertions, id]
}
