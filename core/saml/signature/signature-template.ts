import { DIGEST_SHA256, ENVELOPED_SIGNATURE, EXCLUSIVE_C14N } from '../algorithms.ts'
import { type Credential, certificateBase64 } from '../credentials.ts'
import { type XmlNode, xml } from '../xml/build.ts'
import { signingAlgorithm } from './query-signature.ts'

/** An enveloped signature of the form that SAML allows, with everything in it but the signature value (saml-core-2.0 §5.4). */
export function signatureTemplate(signed: { id: string; digest: string; credential: Credential }): XmlNode {
  const { id, digest, credential } = signed
  return xml(
    'ds:Signature',
    {},
    xml(
      'ds:SignedInfo',
      {},
      xml('ds:CanonicalizationMethod', { Algorithm: EXCLUSIVE_C14N }),
      xml('ds:SignatureMethod', { Algorithm: signingAlgorithm(credential) }),
      xml(
        'ds:Reference',
        { URI: `#${id}` },
        transforms,
        xml('ds:DigestMethod', { Algorithm: DIGEST_SHA256 }),
        xml('ds:DigestValue', {}, digest),
      ),
    ),
    xml('ds:SignatureValue'),
    xml(
      'ds:KeyInfo',
      {},
      xml('ds:X509Data', {}, xml('ds:X509Certificate', {}, certificateBase64(credential.certificate))),
    ),
  )
}

const transforms = xml(
  'ds:Transforms',
  {},
  xml('ds:Transform', { Algorithm: ENVELOPED_SIGNATURE }),
  xml('ds:Transform', { Algorithm: EXCLUSIVE_C14N }),
)
