import type { XmlElement } from '../xml/element.ts'
import { attributeOf, childOf, childrenOf } from '../xml/element.ts'
import { instantOf } from '../xml/typed-attributes.ts'
import { readHeader } from './header.ts'
import { type NameId, readNameId } from './name-id.ts'

export interface SubjectConfirmationData {
  readonly recipient?: string | undefined
  readonly inResponseTo?: string | undefined
  readonly notBefore?: number | undefined
  readonly notOnOrAfter?: number | undefined
}

export interface SubjectConfirmation {
  readonly method: string
  readonly data?: SubjectConfirmationData | undefined
}

export interface Subject {
  readonly nameId?: NameId | undefined
  readonly confirmations: readonly SubjectConfirmation[]
}

export interface Conditions {
  readonly notBefore?: number | undefined
  readonly notOnOrAfter?: number | undefined
  /** Each restriction must be met; one is met by any of its audiences. */
  readonly audienceRestrictions: readonly (readonly string[])[]
}

export interface AuthnStatement {
  readonly authnInstant: number
  readonly sessionIndex?: string | undefined
  readonly sessionNotOnOrAfter?: number | undefined
  readonly classRef?: string | undefined
}

export interface Attribute {
  readonly name: string
  readonly nameFormat?: string | undefined
  readonly friendlyName?: string | undefined
  readonly values: readonly string[]
}

/** saml-core-2.0 §2.3.3, as far as login by browser needs it. */
export interface Assertion {
  readonly id: string
  readonly issueInstant: number
  readonly issuer?: string | undefined
  readonly subject?: Subject | undefined
  readonly conditions?: Conditions | undefined
  readonly authnStatements: readonly AuthnStatement[]
  readonly attributes: readonly Attribute[]
}

/** Opens an EncryptedAttribute; undefined to do without it. */
export type OpenAttribute = (encrypted: XmlElement) => XmlElement | undefined

/** Reads an Assertion that the grammar has accepted, without its encrypted attributes unless told how to open them. */
export function parseAssertion(element: XmlElement, openAttribute: OpenAttribute = () => undefined): Assertion {
  const { id, issueInstant, issuer } = readHeader(element)
  const subject = childOf(element, 'saml:Subject')
  const conditions = childOf(element, 'saml:Conditions')
  const statements = childrenOf(element, 'saml:AttributeStatement')
  return {
    id,
    issueInstant,
    issuer,
    subject: subject && readSubject(subject),
    conditions: conditions && readConditions(conditions),
    authnStatements: childrenOf(element, 'saml:AuthnStatement').map(readAuthnStatement),
    attributes: statements.flatMap((statement) => attributesIn(statement, openAttribute)).map(readAttribute),
  }
}

/** Those in plain text first, as OpenSAML keeps them. */
function attributesIn(statement: XmlElement, openAttribute: OpenAttribute): XmlElement[] {
  const opened = childrenOf(statement, 'saml:EncryptedAttribute').map(openAttribute)
  return [...childrenOf(statement, 'saml:Attribute'), ...opened.filter((attribute) => attribute !== undefined)]
}

function readSubject(element: XmlElement): Subject {
  const nameId = childOf(element, 'saml:NameID')
  return {
    nameId: nameId && readNameId(nameId),
    confirmations: childrenOf(element, 'saml:SubjectConfirmation').map(readConfirmation),
  }
}

function readConfirmation(element: XmlElement): SubjectConfirmation {
  const data = childOf(element, 'saml:SubjectConfirmationData')
  return {
    method: attributeOf(element, 'Method') ?? '',
    data: data && {
      recipient: attributeOf(data, 'Recipient'),
      inResponseTo: attributeOf(data, 'InResponseTo'),
      notBefore: instantOf(data, 'NotBefore'),
      notOnOrAfter: instantOf(data, 'NotOnOrAfter'),
    },
  }
}

function readConditions(element: XmlElement): Conditions {
  const audiencesOf = (restriction: XmlElement) => childrenOf(restriction, 'saml:Audience').map(({ text }) => text)
  return {
    notBefore: instantOf(element, 'NotBefore'),
    notOnOrAfter: instantOf(element, 'NotOnOrAfter'),
    audienceRestrictions: childrenOf(element, 'saml:AudienceRestriction').map(audiencesOf),
  }
}

function readAuthnStatement(element: XmlElement): AuthnStatement {
  const context = childOf(element, 'saml:AuthnContext')
  return {
    authnInstant: instantOf(element, 'AuthnInstant') ?? Number.NaN,
    sessionIndex: attributeOf(element, 'SessionIndex'),
    sessionNotOnOrAfter: instantOf(element, 'SessionNotOnOrAfter'),
    classRef: context && childOf(context, 'saml:AuthnContextClassRef')?.text,
  }
}

function readAttribute(element: XmlElement): Attribute {
  return {
    name: attributeOf(element, 'Name') ?? '',
    nameFormat: attributeOf(element, 'NameFormat'),
    friendlyName: attributeOf(element, 'FriendlyName'),
    values: childrenOf(element, 'saml:AttributeValue').map(({ text }) => text),
  }
}
