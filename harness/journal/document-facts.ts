import { lastPart } from '#saml/messages/status'
import { NAMESPACE } from '#saml/names'
import { attributeOf, childOf, childrenOf, elementsOf, type XmlElement } from '#saml/xml/element'
import { messageLimits, readXml } from '#saml/xml/read'
import { copyOut } from '#server/copy-out'

/** What a message says of itself, as far as the record needs it. */
export interface DocumentFacts {
  readonly id?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly issuer?: string | undefined
  readonly nameId?: string | undefined
  readonly sessionIndexes: readonly string[]
  /** Without what all codes of SAML begin with. */
  readonly status: readonly string[]
  /** Of the first signature in it: the name behind the `#`. */
  readonly algorithm?: string | undefined
  /** What cannot be looked into may be signed. */
  readonly isSigned: boolean
  /** Asks for no answer. */
  readonly isAsynchronous: boolean
}

/** Nobody judges by what is read here: what two readers could disagree about is let pass. */
const forPeople = { ...messageLimits, isSigned: false }

/** Undefined for what is no XML. */
export function factsIn(document: string): DocumentFacts | undefined {
  try {
    return factsOf(readXml(document, forPeople))
  } catch {
    return undefined
  }
}

function factsOf(root: XmlElement): DocumentFacts {
  const assertion = childOf(root, 'saml:Assertion')
  const named = assertion === undefined ? root : childOf(assertion, 'saml:Subject')
  const inAssertion = assertion === undefined ? [] : childrenOf(assertion, 'saml:AuthnStatement')
  const indexes = inAssertion.flatMap((each) => attributeOf(each, 'SessionIndex') ?? [])
  const method = findElement(root, 'ds:SignatureMethod')
  return {
    id: copied(attributeOf(root, 'ID')),
    inResponseTo: copied(attributeOf(root, 'InResponseTo')),
    issuer: copied(childOf(root, 'saml:Issuer')?.text.trim()),
    nameId: copied(named && childOf(named, 'saml:NameID')?.text),
    sessionIndexes: [...childrenOf(root, 'samlp:SessionIndex').map(({ text }) => text), ...indexes].map(copyOut),
    status: statusIn(root),
    algorithm: copied(method && shortAlgorithm(attributeOf(method, 'Algorithm') ?? '')),
    isSigned: method !== undefined || childOf(root, 'saml:EncryptedAssertion') !== undefined,
    isAsynchronous: findElement(root, `{${NAMESPACE.asynchronousLogout}}Asynchronous`) !== undefined,
  }
}

/** The document need not be kept for a part of it. */
const copied = (text: string | undefined): string | undefined => (text === undefined ? undefined : copyOut(text))

function statusIn(root: XmlElement): string[] {
  const status = childOf(root, 'samlp:Status')
  const codes = status === undefined ? [] : [...elementsOf(status)].filter(({ key }) => key === 'samlp:StatusCode')
  return codes.map((code) => copyOut(lastPart(attributeOf(code, 'Value') ?? '')))
}

function findElement(root: XmlElement, wanted: string): XmlElement | undefined {
  for (const element of elementsOf(root)) if (element.key === wanted) return element
  return undefined
}

/** `rsa-sha256` of `http://www.w3.org/2001/04/xmldsig-more#rsa-sha256`. */
export function shortAlgorithm(uri: string): string {
  return uri.slice(uri.lastIndexOf('#') + 1)
}
