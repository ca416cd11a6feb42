import { writeXml, xml } from '../xml/build.ts'
import { attributeOf, type XmlElement } from '../xml/element.ts'
import { checkRoot, headerAttributes, issuerElement, type MessageHeader, readHeader } from './header.ts'
import { readStatus, type Status, statusElement } from './status.ts'
import type { ToWrite } from './to-write.ts'

/** saml-core-2.0 §3.7.2. */
export interface LogoutResponse extends MessageHeader {
  readonly inResponseTo?: string | undefined
  readonly status: Status
}

/**
 * Reads the root that `readMessage` answered.
 * @throws SamlError SAML_ROOT when it is another message.
 */
export function parseLogoutResponse(root: XmlElement): LogoutResponse {
  checkRoot(root, 'LogoutResponse')
  return { inResponseTo: attributeOf(root, 'InResponseTo'), status: readStatus(root), ...readHeader(root) }
}

/** Writes the message unsigned. */
export function writeLogoutResponse(response: ToWrite<LogoutResponse>): string {
  const attributes = { InResponseTo: response.inResponseTo, ...headerAttributes(response) }
  return writeXml(
    xml(
      'saml2p:LogoutResponse',
      attributes,
      issuerElement(response.issuer),
      response.status && statusElement(response.status),
    ),
  )
}
