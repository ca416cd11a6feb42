import { verifyMetadata } from '../signature/enveloped-signature.ts'
import type { TrustedKey } from '../signature/trusted-key.ts'
import { decodeDocument } from '../xml/decode-document.ts'
import type { XmlElement } from '../xml/element.ts'
import { metadataLimits, readXml, signedMetadataLimits } from '../xml/read.ts'

/**
 * The root of a metadata document. Octets may be in any encoding that they tell; of a text the encoding does not count. Where a key is given, the root must
 * be signed by it, and what the signature covers is what is read (saml-metadata-2.0 §3).
 * @throws SamlError what reading XML throws, and where a key is given SAML_UNSIGNED, SAML_SIGNATURE_PROFILE, SAML_ALGORITHM or SAML_SIGNATURE.
 */
export function readMetadataDocument(document: string | Uint8Array, signedBy?: TrustedKey): XmlElement {
  const text = typeof document === 'string' ? document : decodeDocument(document)
  if (signedBy === undefined) return readXml(text, metadataLimits)
  const root = readXml(text, signedMetadataLimits)
  return verifyMetadata({ document: text, root }, signedBy)
}
