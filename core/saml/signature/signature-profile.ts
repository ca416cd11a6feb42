import {
  type DigestAlgorithm,
  ENVELOPED_SIGNATURE,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_WITH_COMMENTS,
  INCLUSIVE_C14N,
  INCLUSIVE_C14N_WITH_COMMENTS,
  INCLUSIVE_C14N11,
  INCLUSIVE_C14N11_WITH_COMMENTS,
  type SignatureAlgorithm,
} from '../algorithms.ts'
import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { attributeOf, childOf, childrenOf, elementsOf, type XmlElement } from '../xml/element.ts'
import { acceptDigestAlgorithm, acceptSignatureAlgorithm, type SignaturePolicy } from './policy.ts'

const exclusive: readonly string[] = [EXCLUSIVE_C14N, EXCLUSIVE_C14N_WITH_COMMENTS]
/** The versions differ in `xml:` attributes and the others in comments: the schema allows the former nowhere around SignedInfo, the reader no comment in it. */
const inclusive: readonly string[] = [
  INCLUSIVE_C14N,
  INCLUSIVE_C14N_WITH_COMMENTS,
  INCLUSIVE_C14N11,
  INCLUSIVE_C14N11_WITH_COMMENTS,
]

interface Gate {
  readonly root: XmlElement
  readonly element: XmlElement
  readonly signature: XmlElement
  readonly policy: SignaturePolicy
}

/** What a signature must look like before any cryptography looks at it (saml-core-2.0 §5.4; `spec/security.md` A01-A24). */
const rules: readonly ((gate: Gate) => void)[] = [
  standsWhereSamlSigns,
  holdsNoObject,
  canonicalisesAsWeCan,
  refersToItsElement,
  transformsAsSamlAllows,
]

/** What a signature of the allowed form says. */
export interface SignatureClaim {
  readonly signedInfo: XmlElement
  /** How SignedInfo is canonicalised; the element always is exclusively. */
  readonly canonicalisation: 'exclusive' | 'inclusive'
  readonly algorithm: SignatureAlgorithm
  readonly value: Buffer
  readonly digest: DigestAlgorithm
  readonly digestValue: Buffer
  /** The prefixes whose namespaces the canonical forms of SignedInfo and of the element declare in any case (xml-exc-c14n §4). */
  readonly inclusivePrefixes: { readonly ofSignedInfo: readonly string[]; readonly ofElement: readonly string[] }
}

/**
 * Guarantees that `element` carries one signature of the form that SAML allows and that refers to exactly this element, and answers what it says.
 * @throws SamlError SAML_UNSIGNED, SAML_SIGNATURE_PROFILE or SAML_ALGORITHM.
 */
export function checkSignatureProfile(root: XmlElement, element: XmlElement, policy: SignaturePolicy): SignatureClaim {
  const signature = childOf(element, 'ds:Signature')
  if (signature === undefined) throw new SamlError('SAML_UNSIGNED', `the ${element.local} is not signed`)
  for (const rule of rules) rule({ root, element, signature, policy })
  const signedInfo = signedInfoOf(signature)
  const reference = referenceOf(signature)
  return {
    signedInfo,
    canonicalisation: exclusive.includes(algorithmOf(signedInfo, 'ds:CanonicalizationMethod'))
      ? 'exclusive'
      : 'inclusive',
    algorithm: acceptSignatureAlgorithm(algorithmOf(signedInfo, 'ds:SignatureMethod'), policy),
    value: octetsOf(signature, 'ds:SignatureValue'),
    digest: acceptDigestAlgorithm(algorithmOf(reference, 'ds:DigestMethod'), policy),
    digestValue: octetsOf(reference, 'ds:DigestValue'),
    inclusivePrefixes: {
      ofSignedInfo: inclusivePrefixesOf(childOrEmpty(signedInfo, 'ds:CanonicalizationMethod')),
      ofElement: transformsOf(reference).slice(1).flatMap(inclusivePrefixesOf),
    },
  }
}

/** Messages and Assertions are signed, and every part of metadata; of those in an Advice nobody asks. A signature anywhere else hides something. */
function standsWhereSamlSigns({ root }: Gate): void {
  const elements = [...elementsOf(root)]
  const signable = elements.filter(root.namespace === NAMESPACE.metadata ? isMetadata : isMessage(root))
  const expected = signable.flatMap((each) => childrenOf(each, 'ds:Signature')).length
  const found = elements.filter((each) => each.key === 'ds:Signature').length
  if (found !== expected) throw refusal(`${found - expected} signatures stand where no signature may stand`)
}

const isMetadata = ({ namespace }: XmlElement) => namespace === NAMESPACE.metadata
const isMessage = (root: XmlElement) => (each: XmlElement) => each === root || each.key === 'saml:Assertion'

function holdsNoObject({ signature }: Gate): void {
  if (childOf(signature, 'ds:Object') !== undefined) throw refusal('the signature holds an Object')
}

// Of SignedInfo the exclusive form is only recommended (saml-core-2.0 §5.4.3).
function canonicalisesAsWeCan({ signature }: Gate): void {
  const algorithm = algorithmOf(signedInfoOf(signature), 'ds:CanonicalizationMethod')
  if (![...exclusive, ...inclusive].includes(algorithm)) {
    throw refusal(`the canonicalisation [${algorithm.slice(0, 128)}] is not supported`)
  }
}

function refersToItsElement({ root, element, signature, policy }: Gate): void {
  const references = childrenOf(signedInfoOf(signature), 'ds:Reference')
  if (references.length !== 1) throw refusal(`the signature has ${references.length} References, expected 1`)
  const uri = attributeOf(referenceOf(signature), 'URI')
  const id = attributeOf(element, 'ID') ?? ''
  const coversWholeDocument = uri === '' && element === root && policy.acceptsEmptyReference
  if (uri !== `#${id}` && !coversWholeDocument) {
    throw refusal(`the Reference is to [${(uri ?? 'nothing').slice(0, 128)}], expected [#${id}]`)
  }
}

function transformsAsSamlAllows({ signature }: Gate): void {
  const transforms = transformsOf(referenceOf(signature))
  const [first, second = ''] = transforms.map((transform) => attributeOf(transform, 'Algorithm') ?? '')
  const areAllowed = first === ENVELOPED_SIGNATURE && exclusive.includes(second)
  if (transforms.length !== 2 || !areAllowed) {
    throw refusal('the Transforms are not enveloped-signature followed by exclusive canonicalisation')
  }
}

// The schema guarantees these children; the fallback only keeps the types honest.
const childOrEmpty = (parent: XmlElement, key: string): XmlElement =>
  childOf(parent, key) ?? { key, namespace: '', local: '', attributes: [], children: [], text: '' }
const signedInfoOf = (signature: XmlElement) => childOrEmpty(signature, 'ds:SignedInfo')
const referenceOf = (signature: XmlElement) => childOrEmpty(signedInfoOf(signature), 'ds:Reference')
const transformsOf = (reference: XmlElement) => childrenOf(childOrEmpty(reference, 'ds:Transforms'), 'ds:Transform')
const algorithmOf = (parent: XmlElement, key: string) => attributeOf(childOrEmpty(parent, key), 'Algorithm') ?? ''
const octetsOf = (parent: XmlElement, key: string) => Buffer.from(childOrEmpty(parent, key).text, 'base64')

/** As many as one element may declare; each is looked up at each attribute, before anybody knows who signed. */
const MOST_PREFIXES = 64

function inclusivePrefixesOf(method: XmlElement): string[] {
  const lists = childrenOf(method, 'ec:InclusiveNamespaces').map((list) => attributeOf(list, 'PrefixList') ?? '')
  const prefixes = lists.flatMap((list) => list.split(/\s+/)).filter((prefix) => prefix !== '')
  if (prefixes.length > MOST_PREFIXES) {
    throw refusal(`a PrefixList has ${prefixes.length} prefixes, expected no more than ${MOST_PREFIXES}`)
  }
  return prefixes
}

function refusal(message: string): SamlError {
  return new SamlError('SAML_SIGNATURE_PROFILE', message)
}
