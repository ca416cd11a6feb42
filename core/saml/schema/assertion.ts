import type { Declaration } from './declaration.ts'

const nameIdentifier: Declaration = {
  attributes: 'NameQualifier:string SPNameQualifier:string Format:anyURI SPProvidedID:string',
  content: 'text:string',
  type: 'saml:NameIDType',
}
const anyType: Declaration = { attributes: '##any', content: '##any*', mixed: true, type: 'xs:anyType' }
const encryptedElement: Declaration = { content: 'xenc:EncryptedData, xenc:EncryptedKey*' }
const identifier = '(saml:NameID | saml:EncryptedID)'

/**
 * saml-schema-assertion-2.0. The abstract `BaseID`, `Statement` and `Condition` are left out: they can only
 * stand in a document with an `xsi:type` from a schema that neither we nor Elasticsearch has.
 */
export const assertionSchema: Readonly<Record<string, Declaration>> = {
  'saml:NameID': nameIdentifier,
  'saml:Issuer': nameIdentifier,
  'saml:EncryptedID': encryptedElement,
  'saml:AssertionIDRef': { content: 'text:ncName' },
  'saml:AssertionURIRef': { content: 'text:anyURI' },
  'saml:Assertion': {
    attributes: 'Version!:string ID!:ncName IssueInstant!:dateTime',
    content:
      'saml:Issuer, ds:Signature?, saml:Subject?, saml:Conditions?, saml:Advice?, (saml:AuthnStatement | saml:AuthzDecisionStatement | saml:AttributeStatement)*',
  },
  'saml:EncryptedAssertion': encryptedElement,
  'saml:Subject': { content: `(${identifier}, saml:SubjectConfirmation*) | saml:SubjectConfirmation+` },
  'saml:SubjectConfirmation': {
    attributes: 'Method!:anyURI',
    content: `${identifier}?, saml:SubjectConfirmationData?`,
  },
  'saml:SubjectConfirmationData': {
    attributes: 'NotBefore:dateTime NotOnOrAfter:dateTime Recipient:anyURI InResponseTo:ncName Address:string ##other',
    content: '##any*',
    mixed: true,
  },
  'saml:Conditions': {
    attributes: 'NotBefore:dateTime NotOnOrAfter:dateTime',
    content: '(saml:AudienceRestriction | saml:OneTimeUse | saml:ProxyRestriction)*',
  },
  'saml:AudienceRestriction': { content: 'saml:Audience+' },
  'saml:Audience': { content: 'text:anyURI' },
  'saml:OneTimeUse': {},
  'saml:ProxyRestriction': { attributes: 'Count:nonNegativeInteger', content: 'saml:Audience*' },
  'saml:Advice': {
    content: '(saml:AssertionIDRef | saml:AssertionURIRef | saml:Assertion | saml:EncryptedAssertion | ##other)*',
  },
  'saml:AuthnStatement': {
    attributes: 'AuthnInstant!:dateTime SessionIndex:string SessionNotOnOrAfter:dateTime',
    content: 'saml:SubjectLocality?, saml:AuthnContext',
  },
  'saml:SubjectLocality': { attributes: 'Address:string DNSName:string' },
  'saml:AuthnContext': {
    content:
      '((saml:AuthnContextClassRef, (saml:AuthnContextDecl | saml:AuthnContextDeclRef)?) | (saml:AuthnContextDecl | saml:AuthnContextDeclRef)), saml:AuthenticatingAuthority*',
  },
  'saml:AuthnContextClassRef': { content: 'text:anyURI' },
  'saml:AuthnContextDeclRef': { content: 'text:anyURI' },
  'saml:AuthnContextDecl': anyType,
  'saml:AuthenticatingAuthority': { content: 'text:anyURI' },
  'saml:AuthzDecisionStatement': {
    attributes: 'Resource!:anyURI Decision!:decision',
    content: 'saml:Action+, saml:Evidence?',
  },
  'saml:Action': { attributes: 'Namespace!:anyURI', content: 'text:string' },
  'saml:Evidence': {
    content: '(saml:AssertionIDRef | saml:AssertionURIRef | saml:Assertion | saml:EncryptedAssertion)+',
  },
  'saml:AttributeStatement': { content: '(saml:Attribute | saml:EncryptedAttribute)+' },
  'saml:Attribute': {
    attributes: 'Name!:string NameFormat:anyURI FriendlyName:string ##other',
    content: 'saml:AttributeValue*',
  },
  'saml:AttributeValue': { ...anyType, nillable: true },
  'saml:EncryptedAttribute': encryptedElement,
}
