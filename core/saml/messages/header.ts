import { SamlError } from '../errors.ts'
import { formatInstant, parseInstant } from '../instants.ts'
import { type XmlAttributes, type XmlContent, xml } from '../xml/build.ts'
import { attributeOf, childOf, type XmlElement } from '../xml/element.ts'
import type { ToWrite } from './to-write.ts'

/** What every request and response carries (saml-core-2.0 §3.2.1, §3.2.2). Instants are epoch milliseconds. */
export interface MessageHeader {
  readonly id: string
  readonly issueInstant: number
  /** As written; `2.0` when absent in a message that is to be written. */
  readonly version?: string | undefined
  readonly issuer?: string | undefined
  readonly destination?: string | undefined
}

/** @throws SamlError SAML_ROOT unless the root is this element of the protocol namespace. */
export function checkRoot(root: XmlElement, name: string): void {
  if (root.key === `samlp:${name}`) return
  throw new SamlError('SAML_ROOT', `the message is a ${root.local}, expected a ${name}`, {
    expected: name,
    actual: root.local,
  })
}

/**
 * Reads the header from a root that the grammar has accepted. Spread it behind other properties: each one behind a spread costs V8 a microsecond.
 */
export function readHeader(root: XmlElement): MessageHeader {
  return {
    id: attributeOf(root, 'ID') ?? '',
    issueInstant: parseInstant(attributeOf(root, 'IssueInstant') ?? ''),
    version: attributeOf(root, 'Version'),
    issuer: childOf(root, 'saml:Issuer')?.text,
    destination: attributeOf(root, 'Destination'),
  }
}

export function headerAttributes(header: ToWrite<MessageHeader>): XmlAttributes {
  return {
    ID: header.id,
    IssueInstant: writtenInstant(header.issueInstant),
    Version: header.version ?? '2.0',
    Destination: header.destination,
  }
}

export function issuerElement(issuer: string | undefined): XmlContent {
  return issuer === undefined ? undefined : xml('saml2:Issuer', {}, issuer)
}

export function formatOptional(instant: number | string | undefined): string | undefined {
  return instant === undefined ? undefined : writtenInstant(instant)
}

/** A text stands as it is. */
export const writtenInstant = (instant: number | string): string =>
  typeof instant === 'string' ? instant : formatInstant(instant)
