import { signingKeysOf } from '#saml/metadata/role'
import { compared } from '#saml/rules/hints/compared'
import { hintForDecoding } from '#saml/rules/hints/decoding'
import { hintForDocumentSignature } from '#saml/rules/hints/document-signature'
import type { Hints } from '#saml/rules/hints/hint'
import { hintForQuerySignature } from '#saml/rules/hints/query-signature'
import { hintForValidity } from '#saml/rules/hints/validity'
import type { XmlElement } from '#saml/xml/element'
import type { Received } from '../judge/received.ts'
import type { Receiver } from '../judge/receiver.ts'
import { otherKeysOf } from './known-keys.ts'

/** What would have made the signature of the query verify. */
const ofQuerySignature = ({ query, receiver }: Received): string | undefined =>
  hintForQuerySignature({ rawQuery: query.get().raw, ...keysOf(receiver) })

/** What is there of a signature where one was expected. */
export function ofMissingSignature({ query }: Received): string | undefined {
  const { parameters } = query.get()
  if (parameters.has('Signature')) return 'it has Signature without SigAlg: only the two together are a signature'
  return parameters.has('SigAlg') ? 'it has SigAlg without Signature: only the two together are a signature' : undefined
}

interface Signed {
  readonly document: Buffer
  readonly root: XmlElement
  readonly element: XmlElement
}

/** What would have made the signature in the root, or in the Assertion, verify. */
export const ofSignatureIn = ({ document, ...signed }: Signed, receiver: Receiver): string | undefined =>
  hintForDocumentSignature({ document: document.toString('utf8'), ...signed, ...keysOf(receiver) })

const keysOf = (receiver: Receiver) => ({
  keys: signingKeysOf(receiver.idpMetadata()),
  otherKeys: otherKeysOf(receiver),
})

/** What would have made the message readable, or the expected one. */
function ofMessage({ carried, kind, encoded }: Received): string | undefined {
  if (carried.carrier === 'document') return undefined
  return hintForDecoding({
    value: encoded.get(),
    carrier: carried.carrier === 'query' ? 'query' : 'form',
    carriedLength: carried.carrier === 'query' ? Buffer.byteLength(carried.queryString) : undefined,
    expectedRoot: kind,
    isLenient: true,
  })
}

/** For the rules about what carried a message, and about its document as such. */
export const carriageHints: Hints<Received> = {
  holdsTheMessage: compared(),
  signatureIsBase64: ofQuerySignature,
  signedByTheIdp: ofQuerySignature,
  messageIsBase64: ofMessage,
  messageIsDeflated: ofMessage,
  documentIsValid: (received) => ofMessage(received) ?? hintForValidity(received.document.get().toString('utf8')),
  isOfItsKind: ofMessage,
  documentSignedByTheIdp: ({ document, message, receiver }) => {
    const root = message.get()
    return ofSignatureIn({ document: document.get(), root, element: root }, receiver)
  },
}
