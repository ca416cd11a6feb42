import { signEnveloped } from '#saml/signature/enveloped-signature'
import type { IdpConfig } from '../config.ts'
import type { Draft } from './draft.ts'
import { protectLogin } from './protect-login.ts'

/** From document to signed document: what travels by a form is signed in itself (`spec/contract.md` §2.5). A message without Assertion is signed as a whole. */
export async function signDocument(document: string, draft: Draft, config: Pick<IdpConfig, 'keys'>): Promise<string> {
  if (draft.kind === 'Response' && draft.fields.assertions.length > 0) return protectLogin(document, draft, config)
  return signEnveloped(document, draft.fields.id, config.keys.signing())
}
