import { writeXml, xml } from '../xml/build.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/element.ts'
import type { Assertion } from './assertion.ts'
import { assertionElement } from './assertion-element.ts'
import { checkRoot, headerAttributes, issuerElement, type MessageHeader, readHeader } from './header.ts'
import { readStatus, type Status, statusElement } from './status.ts'
import type { ToWrite } from './to-write.ts'

/** saml-core-2.0 §3.3.3, without the Assertions: those are only to be read from what was signed. */
export interface ResponseEnvelope extends MessageHeader {
  readonly inResponseTo?: string | undefined
  readonly status: Status
}

/** An envelope as it was read, with its Assertions not yet looked into. */
export interface ReceivedResponse extends ResponseEnvelope {
  readonly assertionElements: readonly XmlElement[]
  readonly encryptedAssertionElements: readonly XmlElement[]
}

/**
 * Reads the root that `readMessage` answered.
 * @throws SamlError SAML_ROOT when it is another message.
 */
export function parseResponse(root: XmlElement): ReceivedResponse {
  checkRoot(root, 'Response')
  return {
    inResponseTo: attributeOf(root, 'InResponseTo'),
    status: readStatus(root),
    assertionElements: childrenOf(root, 'saml:Assertion'),
    encryptedAssertionElements: childrenOf(root, 'saml:EncryptedAssertion'),
    ...readHeader(root),
  }
}

/** Writes a Response and the Assertions in it, unsigned. */
export function writeResponse(
  response: ToWrite<ResponseEnvelope & { readonly assertions: readonly Assertion[] }>,
): string {
  const attributes = { InResponseTo: response.inResponseTo, ...headerAttributes(response) }
  return writeXml(
    xml(
      'saml2p:Response',
      attributes,
      issuerElement(response.issuer),
      response.status && statusElement(response.status),
      response.assertions.map(assertionElement),
    ),
  )
}
