import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { IdpConfig } from '../config.ts'
import type { Draft } from './draft.ts'

/** From document to signed document: what travels by a form is signed in itself (`spec/contract.md` §2.5). */
export async function signDocument(
  document: string,
  draft: Draft,
  { keys, signedParts }: Pick<IdpConfig, 'keys' | 'signedParts'>,
): Promise<string> {
  const credential = keys.signing()
  let signed = document
  for (const id of signedIds(draft, signedParts)) signed = await signEnveloped(signed, id, credential)
  return signed
}

/** The elements to be signed, the inner ones first: the signature of the message covers theirs. A message without Assertion is signed as a whole. */
function signedIds({ kind, fields }: Draft, signedParts: IdpConfig['signedParts']): readonly string[] {
  const assertions = kind === 'Response' ? fields.assertions.map(({ id }) => id) : []
  if (assertions.length === 0) return [fields.id]
  if (signedParts === 'response') return [fields.id]
  return signedParts === 'assertion' ? assertions : [...assertions, fields.id]
}
