import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { declareInherited, parseDom, readDifferently, writeDom } from '../signature/canonical-form.ts'
import { writeXml, xml } from '../xml/build.ts'
import { childOf, type XmlElement } from '../xml/element.ts'
import { readXml } from '../xml/read.ts'

/** The media type of SOAP 1.1 (saml-bindings-2.0 §3.2.3). */
export const soapType = 'text/xml'

/** What a SOAPAction may say; nobody may depend on it (saml-bindings-2.0 §3.2.3.1). */
export const soapAction = '"http://www.oasis-open.org/committees/security"'

/** The envelope of SOAP 1.1 with a message as its Body, octet for octet as it was signed. */
export function writeSoap(document: string): string {
  const message = document.replace(/^<\?xml[^>]*\?>/, '')
  const [before, after] = writeXml(xml('soap:Envelope', {}, xml('soap:Body', {}, ' '))).split('> <')
  return `${before}>${message}<${after}`
}

type SoapFaultCode = 'Client' | 'Server' | 'MustUnderstand' | 'VersionMismatch'

/** The code of the fault that tells of a refusal (SOAP 1.1 §4.4.1). */
export function faultCodeOf({ facts }: SamlError): SoapFaultCode {
  const { faultCode } = facts
  return faultCode === 'MustUnderstand' || faultCode === 'VersionMismatch' ? faultCode : 'Client'
}

/** The envelope that says why a call was not understood (SOAP 1.1 §4.4). */
export function writeSoapFault(code: SoapFaultCode, reason: string): string {
  const fault = xml('soap:Fault', {}, xml('faultcode', {}, `soap:${code}`), xml('faultstring', {}, reason))
  return writeXml(xml('soap:Envelope', {}, xml('soap:Body', {}, fault)))
}

/**
 * The one message in an envelope of SOAP 1.1, as a document of its own: the namespaces that the envelope declares are declared on it, so that what was signed
 * of it still verifies. Header blocks are passed over unless they must be understood.
 * @throws SamlError SAML_SOAP when it is another envelope, a fault, or not exactly one message; what reading XML throws.
 */
export function readSoap(octets: Uint8Array): Buffer {
  const envelope = readXml(octets)
  checkEnvelope(envelope)
  // The last child, be there a Header or not: what a Header holds is nobody's message.
  const body = childElements(parseDom(Buffer.from(octets).toString()).documentElement).at(-1)
  const message = body && childElements(body).at(0)
  if (message === undefined) throw readDifferently()
  declareInherited(message)
  return Buffer.from(writeDom(message))
}

function childElements(parent: Element): readonly Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
}

function checkEnvelope(envelope: XmlElement): void {
  if (envelope.key !== 'soap:Envelope') {
    throw refusal(`the root element is ${envelope.key.slice(0, 256)}`, 'an Envelope of SOAP 1.1', 'VersionMismatch')
  }
  const parts = envelope.children.map(({ key }) => key).join(' ')
  if (parts !== 'soap:Body' && parts !== 'soap:Header soap:Body') {
    throw refusal(`the Envelope holds [${parts.slice(0, 256)}]`, 'a Body, and at most a Header before it')
  }
  const must = childOf(envelope, 'soap:Header')?.children.find(mustBeUnderstood)
  if (must !== undefined)
    throw refusal(`the Header block ${must.key.slice(0, 256)} must be understood`, 'no such block', 'MustUnderstand')
  const [message, ...more] = childOf(envelope, 'soap:Body')?.children ?? []
  if (message === undefined || more.length > 0) throw refusal('the Body does not hold one message', 'exactly one')
  if (message.key !== 'soap:Fault') return
  const reason = message.children.find(({ local }) => local === 'faultstring')?.text ?? ''
  throw new SamlError('SAML_SOAP', `this is a SOAP fault: ${reason.slice(0, 256)}`, { fault: reason })
}

function mustBeUnderstood({ attributes }: XmlElement): boolean {
  return attributes.some(
    ({ namespace, local, value }) =>
      namespace === NAMESPACE.soap && local === 'mustUnderstand' && ['1', 'true'].includes(value),
  )
}

function refusal(says: string, expected: string, faultCode: SoapFaultCode = 'Client'): SamlError {
  return new SamlError('SAML_SOAP', `this is no SOAP message: ${says}`, { expected, faultCode })
}
