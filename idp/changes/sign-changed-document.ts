import type { IdpConfig } from '../config.ts'
import type { Draft } from '../outbox/draft.ts'
import { signDocument } from '../outbox/sign-document.ts'
import type { Signing } from './change-row.ts'
import { otherSignature } from './sign-changed-query.ts'
import { wrapSigned } from './wrap-signed.ts'

interface How {
  readonly signing: Signing
  readonly config: Pick<IdpConfig, 'keys'>
}

/** From document to signed document, or to one that is not signed where nothing is to be. What is encrypted stays encrypted. */
export async function signChangedDocument(document: string, draft: Draft, { signing, config }: How): Promise<string> {
  const { credential, wrapping, tampered } = signing
  const keys = { ...config.keys, signing: () => credential }
  if (wrapping !== undefined) return wrapSigned(document, draft, { wrapping, credential })
  if (!signing.document) return encryptedOnly(document, draft, { keys })
  const signed = await signDocument(document, draft, { keys })
  if (tampered === 'document') return withOtherInstants(signed)
  if (tampered === undefined || signing.query !== 'none') return signed
  return signed.replaceAll(
    /(<ds:SignatureValue>)([^<]*)/g,
    (_all, tag: string, value: string) => tag + otherSignature(value),
  )
}

/** Every element that can be signed has an IssueInstant: another second, as believable as the right one. */
const withOtherInstants = (signed: string): string =>
  signed.replaceAll(/(?<= IssueInstant="[^"]{18})\d/g, (second) => String((Number(second) + 1) % 10))

async function encryptedOnly(document: string, draft: Draft, config: Pick<IdpConfig, 'keys'>): Promise<string> {
  if (draft.kind !== 'Response' || draft.encryption === undefined) return document
  return signDocument(document, { ...draft, signedParts: 'nothing' }, config)
}
