import { SamlError } from '#saml/errors'
import { type NameId, readNameId } from '#saml/messages/name-id'
import { attributeOf, childOf, elementsOf, type XmlElement } from '#saml/xml/element'
import { messageLimits, readXml } from '#saml/xml/read'
import { documentIn } from '../explain/document-in.ts'
import type { FoundMessage } from '../explain/found-message.ts'

/** What a captured message says, as far as it can be read; nothing of it is believed. */
export interface ReadMessage {
  readonly found: FoundMessage
  readonly document: string | undefined
  /** The local name of its root; undefined of what is no XML. */
  readonly kind: string | undefined
  readonly id: string | undefined
  readonly issuer: string | undefined
  readonly destination: string | undefined
  readonly inResponseTo: string | undefined
  readonly issueInstant: string | undefined
  readonly notOnOrAfter: string | undefined
  readonly nameId: NameId | undefined
  /** Nobody but the receiver can look into it. */
  readonly isEncrypted: boolean
  readonly statusCodes: readonly string[]
  readonly certificates: readonly string[]
  readonly texts: ReadonlyMap<string, readonly string[]>
  readonly root: XmlElement | undefined
}

/** Reads a message as leniently as can be. */
export function readMessage(found: FoundMessage): ReadMessage {
  const document = documentIn(found.presented)
  const root = document === undefined ? undefined : elementIn(document)
  const all = root === undefined ? [] : [...elementsOf(root)]
  const textsOf = (key: string) => all.filter((each) => each.key === key).map(({ text }) => text.trim())
  const nameId = all.find(({ key }) => key === 'saml:NameID')
  const attribute = (name: string) => root && attributeOf(root, name)
  const valuesOf = (key: string, name: string) =>
    all.flatMap((each) => (each.key === key ? (attributeOf(each, name) ?? []) : []))
  return {
    ...{ found, document, root, kind: root?.local },
    id: attribute('ID'),
    issuer: root && childOf(root, 'saml:Issuer')?.text.trim(),
    destination: attribute('Destination'),
    inResponseTo: attribute('InResponseTo'),
    issueInstant: attribute('IssueInstant'),
    notOnOrAfter: attribute('NotOnOrAfter') ?? valuesOf('saml:Conditions', 'NotOnOrAfter')[0],
    nameId: nameId && readNameId(nameId),
    isEncrypted: all.some(({ key }) => key === 'saml:EncryptedAssertion' || key === 'saml:EncryptedID'),
    statusCodes: valuesOf('samlp:StatusCode', 'Value'),
    certificates: textsOf('ds:X509Certificate').map((text) => text.replace(/\s/g, '')),
    texts: new Map(
      ['saml:NameID', 'saml:AttributeValue', 'saml:Audience'].map((key) => [key, textsOf(key).filter(Boolean)]),
    ),
  }
}

function elementIn(document: string): XmlElement | undefined {
  try {
    return readXml(document, { ...messageLimits, isSigned: false })
  } catch (error) {
    if (error instanceof SamlError) return undefined
    throw error
  }
}

/** Attributes whose values name a person (their OIDs: uid, mail, displayName, cn, sn, givenName). */
const naming =
  /(?:^|[/:.])(?:uid|upn|mail|email|emailaddress|user_?name|name|displayname|givenname|surname|sn|cn|0\.9\.2342\.19200300\.100\.1\.[13]|2\.16\.840\.1\.113730\.3\.1\.241|2\.5\.4\.(?:3|4|42))$/i

/** What a message says of people: how they are called, and what else is said of them. */
export function personalTextsIn({ root, nameId }: ReadMessage): Readonly<Record<'person' | 'other', string[]>> {
  const person = nameId === undefined ? [] : [nameId.value.trim(), nameId.spProvidedId ?? '']
  const other: string[] = []
  for (const element of root === undefined ? [] : elementsOf(root)) {
    if (element.key !== 'saml:Attribute') continue
    const values = element.children.filter(({ key }) => key === 'saml:AttributeValue').map(({ text }) => text.trim())
    const isNaming = naming.test(attributeOf(element, 'Name') ?? '')
    for (const value of values) (isNaming || value.includes('@') ? person : other).push(value)
  }
  return { person: person.filter((text) => text !== ''), other: other.filter((text) => text !== '') }
}

/** The user name that a login says: the attribute uid, else the name in the NameID. */
export function userNameIn({ root, nameId }: ReadMessage): string | undefined {
  const all = root === undefined ? [] : [...elementsOf(root)]
  const uid = all.find(
    (each) =>
      each.key === 'saml:Attribute' &&
      /(?:^|[/:.])(?:uid|0\.9\.2342\.19200300\.100\.1\.1)$/.test(attributeOf(each, 'Name') ?? ''),
  )
  return uid?.children[0]?.text.trim() || nameId?.value.trim()
}
