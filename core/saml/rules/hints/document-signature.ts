import { X509Certificate } from 'node:crypto'
import { SamlError } from '../../errors.ts'
import { readMessage } from '../../schema/message.ts'
import { verifyEnveloped } from '../../signature/enveloped-signature.ts'
import { lenientPolicy } from '../../signature/policy.ts'
import { type TrustedKey, trustCertificate } from '../../signature/trusted-key.ts'
import { attributeOf, childOf, elementsOf, type XmlElement } from '../../xml/element.ts'
import { undoneChangesOf } from './document-changes.ts'
import type { KnownKey } from './known-key.ts'
import { sentence } from './way.ts'

interface RefusedDocument {
  readonly document: string
  readonly root: XmlElement
  /** The root, or the Assertion in it, whose signature was refused. */
  readonly element: XmlElement
  readonly keys: readonly TrustedKey[]
  readonly otherKeys?: readonly (KnownKey & TrustedKey)[] | undefined
}

/** A document is parsed for each thing that is tried. */
const LONGEST = 64 * 1024

/**
 * What would have made the signature in a document verify, for one that was refused: another known key, the key that it brings itself, or a change undone
 * that was made on the way. Else what is certain of it: which Reference is broken. Undefined when nothing that was tried says anything, when it verifies, and
 * when the document is longer than 64 KiB.
 */
export function hintForDocumentSignature(refused: RefusedDocument): string | undefined {
  const { document, root, element, keys, otherKeys = [] } = refused
  if (document.length > LONGEST) return undefined
  if (childOf(element, 'ds:Signature') === undefined) return signedElsewhere(root, element)
  const reference = otherReference(root, element)
  if (reference !== undefined) return reference
  if (judged(document, element, keys) === 'verified') return undefined
  const signer = otherKeys.find((key) => judged(document, element, [key]) === 'verified')
  if (signer !== undefined) return `it verifies with ${signer.label}: that is none of the keys that are trusted here`
  return whatWasChanged(refused) ?? whoseItIs(refused)
}

type Verdict = 'verified' | 'the signature value differs' | 'the digest differs' | 'refused'

function judged(document: string, { key, attributes }: XmlElement, keys: readonly TrustedKey[]): Verdict {
  try {
    const root = readMessage(document)
    const id = attributes.find(({ local }) => local === 'ID')?.value
    const element = [root, ...root.children].find((each) => each.key === key && attributeOf(each, 'ID') === id)
    if (element === undefined) return 'refused'
    verifyEnveloped({ document, root, element }, keys, lenientPolicy)
    return 'verified'
  } catch (error) {
    if (!(error instanceof SamlError)) throw error
    const { reason } = error.facts
    return reason === 'the digest differs' || reason === 'the signature value differs' ? reason : 'refused'
  }
}

function whatWasChanged({ document, element, keys }: RefusedDocument): string | undefined {
  const undone = undoneChangesOf(document).find(({ it }) => judged(it, element, keys) === 'verified')
  return undone && sentence('it verifies', undone.ways)
}

/** The value of the signature is over SignedInfo, and the digest in that over the element: one can be right without the other. */
function whoseItIs({ document, element, keys }: RefusedDocument): string | undefined {
  const name = `${element.local} ${attributeOf(element, 'ID')}`
  if (judged(document, element, keys) === 'the digest differs') {
    return `a trusted key made the signature, and the digest of its Reference is of something else: ${name} was changed after it was signed`
  }
  const own = ownCertificate(element)
  if (own === undefined || judged(document, element, [own]) !== 'verified') return undefined
  const { subject, fingerprint256 } = own.certificate
  const who = subject.replaceAll('\n', ', ').slice(0, 128)
  return `it verifies with the certificate that it brings itself, ${who}, whose SHA-256 begins with ${fingerprint256.slice(0, 23)}: that is none of those that are trusted here`
}

/** What a message says of its own key is never believed; here it only tells whose key is missing. */
function ownCertificate(element: XmlElement): TrustedKey | undefined {
  const signature = childOf(element, 'ds:Signature')
  const written = signature && [...elementsOf(signature)].find(({ key }) => key === 'ds:X509Certificate')
  try {
    return written && trustCertificate(new X509Certificate(Buffer.from(written.text, 'base64')))
  } catch {
    return undefined
  }
}

function signedElsewhere(root: XmlElement, element: XmlElement): string | undefined {
  const signed = [root, ...root.children].find(
    (each) => each !== element && childOf(each, 'ds:Signature') !== undefined,
  )
  if (signed === undefined) return undefined
  return `the ${signed.local} ${attributeOf(signed, 'ID')} is signed, and here the ${element.local} is to be`
}

function otherReference(root: XmlElement, element: XmlElement): string | undefined {
  const signature = childOf(element, 'ds:Signature')
  const reference = signature && [...elementsOf(signature)].find(({ key }) => key === 'ds:Reference')
  const uri = reference && attributeOf(reference, 'URI')
  const id = attributeOf(element, 'ID')
  if (uri === undefined || uri === '' || uri === `#${id}`) return undefined
  const referred = [...elementsOf(root)].find((each) => `#${attributeOf(each, 'ID')}` === uri)
  const what = referred === undefined ? 'nothing in this document' : `the ${referred.local}`
  return `its Reference is to [${uri.slice(0, 128)}], which is ${what}, where the ${element.local} has the ID ${id}`
}
