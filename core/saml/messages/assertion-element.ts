import { formatInstant } from '../instants.ts'
import { AUTHN_CONTEXT } from '../names.ts'
import { type XmlNode, xml } from '../xml/build.ts'
import type { Assertion, Attribute, AuthnStatement, Conditions, Subject, SubjectConfirmation } from './assertion.ts'
import { formatOptional, issuerElement, writtenInstant } from './header.ts'
import { nameIdElement } from './name-id.ts'
import type { ToWrite } from './to-write.ts'

/** Describes an Assertion in the order of its schema, for a Response to carry. */
export function assertionElement(assertion: ToWrite<Assertion>): XmlNode {
  const { id, issueInstant, issuer, subject, conditions, authnStatements, attributes } = assertion
  return xml(
    'saml2:Assertion',
    { ID: id, IssueInstant: writtenInstant(issueInstant), Version: '2.0' },
    issuerElement(issuer),
    subject && subjectElement(subject),
    conditions && conditionsElement(conditions),
    authnStatements.map(authnStatementElement),
    attributes.length > 0 && xml('saml2:AttributeStatement', {}, attributes.map(attributeElement)),
  )
}

function subjectElement({ nameId, confirmations }: ToWrite<Subject>): XmlNode {
  return xml('saml2:Subject', {}, nameId && nameIdElement(nameId), confirmations.map(confirmationElement))
}

function confirmationElement({ method, data }: ToWrite<SubjectConfirmation>): XmlNode {
  const attributes = data && {
    InResponseTo: data.inResponseTo,
    NotBefore: formatOptional(data.notBefore),
    NotOnOrAfter: formatOptional(data.notOnOrAfter),
    Recipient: data.recipient,
  }
  return xml(
    'saml2:SubjectConfirmation',
    { Method: method },
    attributes && xml('saml2:SubjectConfirmationData', attributes),
  )
}

function conditionsElement({ notBefore, notOnOrAfter, audienceRestrictions }: ToWrite<Conditions>): XmlNode {
  return xml(
    'saml2:Conditions',
    { NotBefore: formatOptional(notBefore), NotOnOrAfter: formatOptional(notOnOrAfter) },
    audienceRestrictions.map((audiences) =>
      xml(
        'saml2:AudienceRestriction',
        {},
        audiences.map((audience) => xml('saml2:Audience', {}, audience)),
      ),
    ),
  )
}

function authnStatementElement({ classRef = AUTHN_CONTEXT.unspecified, ...statement }: AuthnStatement): XmlNode {
  return xml(
    'saml2:AuthnStatement',
    {
      AuthnInstant: formatInstant(statement.authnInstant),
      SessionIndex: statement.sessionIndex,
      SessionNotOnOrAfter: formatOptional(statement.sessionNotOnOrAfter),
    },
    xml('saml2:AuthnContext', {}, xml('saml2:AuthnContextClassRef', {}, classRef)),
  )
}

function attributeElement({ name, nameFormat, friendlyName, values }: Attribute): XmlNode {
  return xml(
    'saml2:Attribute',
    { FriendlyName: friendlyName, Name: name, NameFormat: nameFormat },
    values.map((value) => xml('saml2:AttributeValue', {}, value)),
  )
}
