import { NAMESPACE } from '../names.ts'
import { writeXml, xml } from '../xml/build.ts'
import { attributeOf, childOf, childrenOf, type XmlElement } from '../xml/element.ts'
import { instantOf } from '../xml/typed-attributes.ts'
import { checkRoot, formatOptional, headerAttributes, issuerElement, type MessageHeader, readHeader } from './header.ts'
import { type NameId, nameIdElement, readNameId } from './name-id.ts'
import type { ToWrite } from './to-write.ts'

/** saml-core-2.0 §3.7.1. */
export interface LogoutRequest extends MessageHeader {
  readonly notOnOrAfter?: number | undefined
  readonly reason?: string | undefined
  /** The sender wants no answer: the extension of the OASIS Asynchronous Single Logout Profile is there. */
  readonly asynchronous?: true | undefined
  /** Absent when the principal is named by an EncryptedID instead. */
  readonly nameId?: NameId | undefined
  readonly encryptedId?: XmlElement | undefined
  /** None means every session of the principal; Elasticsearch reads it otherwise (spec §3.9). */
  readonly sessionIndexes: readonly string[]
}

/**
 * Reads the root that `readMessage` answered.
 * @throws SamlError SAML_ROOT when it is another message.
 */
export function parseLogoutRequest(root: XmlElement): LogoutRequest {
  checkRoot(root, 'LogoutRequest')
  const nameId = childOf(root, 'saml:NameID')
  return {
    notOnOrAfter: instantOf(root, 'NotOnOrAfter'),
    reason: attributeOf(root, 'Reason'),
    asynchronous: isAsynchronous(root) ? true : undefined,
    nameId: nameId === undefined ? undefined : readNameId(nameId),
    encryptedId: childOf(root, 'saml:EncryptedID'),
    sessionIndexes: childrenOf(root, 'samlp:SessionIndex').map((element) => element.text),
    ...readHeader(root),
  }
}

function isAsynchronous(root: XmlElement): boolean {
  const extensions = childOf(root, 'samlp:Extensions')
  return extensions !== undefined && childOf(extensions, `{${NAMESPACE.asynchronousLogout}}Asynchronous`) !== undefined
}

/** Writes the message unsigned; encrypted identifiers and extensions are not written. */
export function writeLogoutRequest(request: ToWrite<Omit<LogoutRequest, 'encryptedId' | 'asynchronous'>>): string {
  const attributes = {
    NotOnOrAfter: formatOptional(request.notOnOrAfter),
    Reason: request.reason,
    ...headerAttributes(request),
  }
  return writeXml(
    xml(
      'saml2p:LogoutRequest',
      attributes,
      issuerElement(request.issuer),
      request.nameId && nameIdElement(request.nameId),
      request.sessionIndexes.map((index) => xml('saml2p:SessionIndex', {}, index)),
    ),
  )
}
