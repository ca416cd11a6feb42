import type { KeyObject } from 'node:crypto'
import { DOMParser } from '@xmldom/xmldom'
import { SignedXml } from 'xml-crypto'
import {
  DIGEST_SHA256,
  type DigestAlgorithm,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  RSA_SHA256,
  type SignatureAlgorithm,
} from '../algorithms.ts'
import type { Credential } from '../credentials.ts'
import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { readMessage } from '../schema/message.ts'
import { attributeOf, type XmlElement } from '../xml/element.ts'
import type { SignaturePolicy } from './policy.ts'
import { checkSignatureProfile } from './signature-profile.ts'
import { mayVerify, type TrustedKey } from './trusted-key.ts'
import { digesting, RsaSha256OnThreadPool, verifying } from './xml-crypto-algorithms.ts'

/**
 * Signs the element with this `ID` inside a document: enveloped, RSA-SHA256, exclusive canonicalisation, the signature right behind
 * the Issuer as the schemas want it, the certificate in KeyInfo (saml-core-2.0 §5.4).
 */
export function signEnveloped(document: string, id: string, credential: Credential): Promise<string> {
  const signer = new SignedXml({
    privateKey: credential.privateKey,
    publicCert: credential.certificatePem,
    signatureAlgorithm: RSA_SHA256,
    canonicalizationAlgorithm: EXCLUSIVE_C14N,
  })
  signer.SignatureAlgorithms = { [RSA_SHA256]: RsaSha256OnThreadPool }
  const element = `//*[@ID='${id}']`
  signer.addReference({
    xpath: element,
    transforms: [ENVELOPED_SIGNATURE, EXCLUSIVE_C14N],
    digestAlgorithm: DIGEST_SHA256,
  })
  const location = { reference: `${element}/*[local-name(.)='Issuer']`, action: 'after' } as const
  return new Promise((resolve, reject) => {
    signer.computeSignature(forXmldom(document), { prefix: 'ds', location }, (error) => {
      if (error) reject(error)
      else resolve(signer.getSignedXml())
    })
  })
}

/**
 * Guarantees that one of the keys signed `element` (the root, or an Assertion in it) of `document`, and answers the element as it was signed: read
 * again from the canonical bytes that the signature covers, its signature taken out. Nothing else of the document is to be believed.
 * Certificates inside the message are never used.
 * @throws SamlError SAML_UNSIGNED, SAML_SIGNATURE_PROFILE, SAML_ALGORITHM or SAML_SIGNATURE.
 */
export function verifyEnveloped(
  { document, root, element }: { document: string; root: XmlElement; element: XmlElement },
  trustedKeys: readonly TrustedKey[],
  policy: SignaturePolicy,
): XmlElement {
  const { algorithm, digest } = checkSignatureProfile(root, element, policy)
  const id = attributeOf(element, 'ID') ?? ''
  const candidates = trustedKeys.filter((trusted) => mayVerify(trusted, algorithm, policy))
  const source = forXmldom(document)
  const signatureNode = findSignatureNode(source, id)
  const reasons: string[] = []
  for (const { key } of candidates) {
    const outcome = tryKey({ source, signatureNode, key, algorithm, digest })
    if (outcome.verified) return readSigned(outcome.signed, element)
    reasons.push(outcome.reason)
  }
  throw new SamlError(
    'SAML_SIGNATURE',
    `the signature of ${element.local} ${id} does not verify with any of ${trustedKeys.length} trusted keys`,
    { trustedKeys: trustedKeys.length, fittingKeys: candidates.length, reasons },
  )
}

// xmldom takes U+0085 and U+2028 for line ends, as XML 1.1 does. A reference to a character keeps it what it is.
function forXmldom(document: string): string {
  return document.replace(/[\u0085\u2028]/g, (character) => `&#${character.charCodeAt(0)};`)
}

function findSignatureNode(source: string, id: string): Node {
  const elements = Array.from(parseWithXmldom(source).getElementsByTagName('*'))
  const signed = elements.find((candidate) => candidate.getAttribute('ID') === id)
  const isSignature = (node: Node) =>
    (node as Element).localName === 'Signature' && (node as Element).namespaceURI === NAMESPACE.signature
  const signature = Array.from(signed?.childNodes ?? []).find(isSignature)
  if (signature === undefined) throw new SamlError('SAML_UNSIGNED', `the element ${id} is not signed`)
  return signature
}

// xmldom repairs what it does not understand and only warns of it. What it repairs, it has read otherwise than we have.
function parseWithXmldom(source: string): Document {
  const complaints: string[] = []
  const errorHandler = (_level: string, message: unknown) => complaints.push(String(message))
  const dom = new DOMParser({ errorHandler }).parseFromString(source, 'text/xml')
  if (complaints.length === 0) return dom
  throw new SamlError('SAML_XML', 'two parsers read the document differently', { complaints: complaints.slice(0, 4) })
}

type KeyOutcome =
  | { readonly verified: true; readonly signed: readonly string[] }
  | { readonly verified: false; readonly reason: string }

interface Attempt {
  readonly source: string
  readonly signatureNode: Node
  readonly key: KeyObject
  readonly algorithm: SignatureAlgorithm
  readonly digest: DigestAlgorithm
}

function tryKey({ source, signatureNode, key, algorithm, digest }: Attempt): KeyOutcome {
  const verifier = new SignedXml({ publicCert: key })
  // Whatever the message may name, the library finds only the two algorithms that were accepted.
  verifier.SignatureAlgorithms = { [algorithm.uri]: verifying(algorithm) }
  verifier.HashAlgorithms = { [digest.uri]: digesting(digest) }
  try {
    verifier.loadSignature(signatureNode)
    // xml-crypto answers false for a wrong digest, and throws for a wrong signature value.
    if (!verifier.checkSignature(source)) return { verified: false, reason: 'the digest differs' }
    return { verified: true, signed: verifier.getSignedReferences() }
  } catch (error) {
    return { verified: false, reason: (error as Error).message.slice(0, 256) }
  }
}

function readSigned(signed: readonly string[], element: XmlElement): XmlElement {
  const [canonical] = signed
  if (canonical === undefined || signed.length !== 1) {
    throw new SamlError('SAML_SIGNATURE_PROFILE', `the signature covers ${signed.length} elements, expected 1`)
  }
  const covered = readMessage(canonical)
  if (covered.key !== element.key || attributeOf(covered, 'ID') !== attributeOf(element, 'ID')) {
    throw new SamlError('SAML_SIGNATURE_PROFILE', `the signature covers another element than ${element.local}`)
  }
  return covered
}
