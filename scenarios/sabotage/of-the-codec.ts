import { inFile, type Sabotage } from './sabotage.ts'

/** What both sides read and write alike. */
export const ofTheCodec: readonly Sabotage[] = [
  ...inFile('core/saml/messages/status.ts', [
    {
      id: 'last-status-counts',
      shownBy: 'answer/success-with-partial-logout',
      what: 'Both take the last status code for the first.',
      from: 'return status.codes[0] === STATUS.success',
      to: 'return status.codes.at(-1) === STATUS.success',
    },
  ]),
  ...inFile('core/saml/signature/query-signature.ts', [
    {
      id: 'first-key-only',
      shownBy: 'signature/old-key-of-two',
      what: 'Both verify by the first key of the metadata alone.',
      from: 'const candidates = trustedKeys.filter(',
      to: 'const candidates = trustedKeys.slice(0, 1).filter(',
    },
    {
      id: 'any-key-will-do',
      shownBy: 'signature/foreign-key',
      what: 'Both believe the signature of any key.',
      from: 'if (verified) return',
      to: 'if (signature.value.length > 0) return',
    },
    {
      id: 'algorithm-ignored',
      shownBy: 'signature/sha-512',
      what: 'Both verify by SHA-256, whatever the SigAlg says.',
      from: 'verify(algorithm.digest, signature.octets,',
      to: `verify('sha256', signature.octets,`,
    },
  ]),
  ...inFile('core/saml/signature/policy.ts', [
    {
      id: 'sha-1-refused',
      shownBy: 'signature/sha-1',
      what: 'Elasticsearch refuses SHA-1.',
      from: 'acceptsWeakDigests: true,',
      to: 'acceptsWeakDigests: false,',
    },
  ]),
  ...inFile('core/saml/signature/enveloped-signature.ts', [
    {
      id: 'document-signed-by-anybody',
      shownBy: 'signature/in-the-document-with-a-foreign-key',
      what: 'Both believe whoever signed a document.',
      from: 'if (!candidates.some(({ key }) => hasSigned(key, signedInfo, claim))) throw',
      to: 'if (candidates.length === 0) throw',
    },
    {
      id: 'digest-ignored',
      shownBy: 'signature/document-changed-after-signing',
      what: 'Both believe a document whose digest is another.',
      from: 'if (!digest.equals(claim.digestValue)) throw',
      to: 'if (digest.length === 0) throw',
    },
  ]),
  ...inFile('core/saml/xml/markup.ts', [
    {
      id: 'doctype-accepted',
      shownBy: 'encoding/doctype',
      what: 'Both read documents with a DOCTYPE.',
      from: `if (!text.includes('<!DOCTYPE')) return`,
      to: `if (text !== '') return`,
    },
  ]),
  ...inFile('core/saml/schema/message.ts', [
    {
      id: 'schema-ignored',
      shownBy: 'encoding/attribute-that-nobody-knows',
      what: 'Both read messages that no schema allows.',
      from: 'checkStructure(root, grammar, namedTypes)',
      to: 'void namedTypes',
    },
  ]),
]
