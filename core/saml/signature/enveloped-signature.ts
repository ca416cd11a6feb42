import { createHash, type KeyObject, verify } from 'node:crypto'
import type { Credential } from '../credentials.ts'
import { SamlError } from '../errors.ts'
import { readMessage } from '../schema/message.ts'
import { writeFragment } from '../xml/build.ts'
import { attributeOf, isSameElement, type XmlElement } from '../xml/element.ts'
import { readXml, signedMetadataLimits } from '../xml/read.ts'
import { canonicalForm, inclusiveForm, parseDom, readDifferently, writeDom } from './canonical-form.ts'
import { type SignaturePolicy, strictPolicy } from './policy.ts'
import { signOctets } from './query-signature.ts'
import { findIssuer, getSignable, getSignatureChild } from './signable-element.ts'
import { checkSignatureProfile, type SignatureClaim } from './signature-profile.ts'
import { signatureTemplate } from './signature-template.ts'
import { mayVerify, type TrustedKey } from './trusted-key.ts'

/**
 * Signs the element with this `ID`, the root of a document or a child of it: enveloped, exclusive canonicalisation, the signature
 * right behind the Issuer as the schemas want it (first of all where there is none), the certificate in KeyInfo (saml-core-2.0 §5.4).
 */
export async function signEnveloped(document: string, id: string, credential: Credential): Promise<string> {
  const dom = parseDom(document)
  const element = getSignable(dom, id)
  const digest = createHash('sha256').update(canonicalForm(element, [])).digest('base64')
  const signature = parseDom(writeFragment(signatureTemplate({ id, digest, credential }))).documentElement
  const signedInfo = canonicalForm(getSignatureChild(signature, 'SignedInfo'), [])
  getSignatureChild(signature, 'SignatureValue').textContent = await signOctets(signedInfo, credential, 'ieee-p1363')
  const issuer = findIssuer(element)
  element.insertBefore(signature, issuer === undefined ? element.firstChild : issuer.nextSibling)
  return writeDom(dom)
}

interface Signed {
  readonly document: string
  readonly root: XmlElement
  readonly element: XmlElement
}

/**
 * Guarantees that one of the keys signed `element` (the root, or an Assertion in it) of `document`, and answers the element as it was signed: read
 * again from the canonical bytes that the signature covers, its signature taken out. Nothing else of the document is to be believed.
 * Certificates inside the message are never used.
 * @throws SamlError SAML_UNSIGNED, SAML_SIGNATURE_PROFILE, SAML_ALGORITHM, SAML_XML or SAML_SIGNATURE.
 */
export function verifyEnveloped(
  signed: Signed,
  trustedKeys: readonly TrustedKey[],
  policy: SignaturePolicy,
): XmlElement {
  const canonical = verifiedText(signed, trustedKeys, policy)
  return readSigned(readMessage(canonical, 'passed over'), signed.element)
}

/** Who signs a whole document may refer to it without an ID (xmldsig-core1 §4.4.3.3). */
const metadataPolicy: SignaturePolicy = { ...strictPolicy, acceptsEmptyReference: true }

/** The same of the root of a metadata document (saml-metadata-2.0 §3.1), which is held to no grammar. */
export function verifyMetadata({ document, root }: Omit<Signed, 'element'>, signedBy: TrustedKey): XmlElement {
  const canonical = verifiedText({ document, root, element: root }, [signedBy], metadataPolicy)
  return readSigned(readXml(canonical, signedMetadataLimits), root)
}

/** The canonical form of the element without its signature, after that has verified. */
function verifiedText(
  { document, root, element }: Signed,
  trustedKeys: readonly TrustedKey[],
  policy: SignaturePolicy,
): string {
  const claim = checkSignatureProfile(root, element, policy)
  const id = attributeOf(element, 'ID') ?? ''
  const candidates = trustedKeys.filter((trusted) => mayVerify(trusted, claim.algorithm, policy))
  const refuse = (reason: string) => {
    const message = `the signature of ${element.local} ${id} does not verify with any of ${trustedKeys.length} trusted keys`
    const facts = { trustedKeys: trustedKeys.length, fittingKeys: candidates.length, reason }
    return new SamlError('SAML_SIGNATURE', message, facts)
  }
  const signable = getSignable(parseDom(document), id)
  const signature = getSignatureChild(signable, 'Signature')
  const signedInfo = canonicalSignedInfo(getSignatureChild(signature, 'SignedInfo'), claim)
  if (!candidates.some(({ key }) => hasSigned(key, signedInfo, claim))) throw refuse('the signature value differs')
  // What was judged is what was signed.
  if (!isSameElement(readXml(signedInfo), claim.signedInfo)) throw readDifferently()
  signable.removeChild(signature)
  const canonical = canonicalForm(signable, claim.inclusivePrefixes.ofElement)
  const digest = createHash(claim.digest.digest).update(canonical).digest()
  if (!digest.equals(claim.digestValue)) throw refuse('the digest differs')
  return canonical
}

function canonicalSignedInfo(element: Element, { canonicalisation, inclusivePrefixes }: SignatureClaim): string {
  if (canonicalisation === 'inclusive') return inclusiveForm(element)
  return canonicalForm(element, inclusivePrefixes.ofSignedInfo)
}

// ECDSA in XML is the two numbers side by side, not DER as in a query (xmldsig-core1 §6.4.3). RSA does not look at the option.
function hasSigned(key: KeyObject, signedInfo: string, { algorithm, value }: SignatureClaim): boolean {
  return verify(algorithm.digest, Buffer.from(signedInfo), { key, dsaEncoding: 'ieee-p1363' }, value)
}

function readSigned(covered: XmlElement, element: XmlElement): XmlElement {
  if (covered.key !== element.key || attributeOf(covered, 'ID') !== attributeOf(element, 'ID')) {
    throw new SamlError('SAML_SIGNATURE_PROFILE', `the signature covers another element than ${element.local}`)
  }
  return covered
}
