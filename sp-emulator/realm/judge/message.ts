import { decodeBase64 } from '#saml/bindings/base64'
import { inflate } from '#saml/bindings/deflate'
import type { MessageHeader } from '#saml/messages/header'
import { NAMESPACE } from '#saml/names'
import { readMessage } from '#saml/schema/message'
import { elementsOf, type XmlElement } from '#saml/xml/element'
import { inTheWordsOfANode, javaInstant, refuse } from '../refusals.ts'

/**
 * What a parameter or a field holds; white space and a missing padding do not matter (spec §3.5).
 * @throws SamlError SAML_BASE64
 */
export function decodeMessage(encoded: string): Buffer {
  return inTheWordsOfANode(() => decodeBase64(encoded, { lenient: true }))
}

/**
 * The document in a message that came by redirect; what stands behind the DEFLATE stream does not matter (spec §3.5).
 * @throws SamlError SAML_DEFLATE or SAML_TOO_LARGE.
 */
export function inflateMessage(octets: Buffer): Buffer {
  return inTheWordsOfANode(() => inflate(octets, { lenient: true }))
}

/**
 * Parses a document and holds it against the schemas (spec §3.6).
 * @throws SamlError SAML_XML, SAML_SCHEMA, … as `Failed to parse SAML message`
 */
export function readDocument(document: Buffer): XmlElement {
  return inTheWordsOfANode(() => readMessage(document))
}

/**
 * The root, if it is the expected one (spec §3.6).
 * @throws SamlError SAML_ROOT
 */
export function checkKind(element: XmlElement, root: string): XmlElement {
  if (element.key === `samlp:${root}`) return element
  const found = element.namespace === NAMESPACE.protocol ? `saml2p:${element.local}` : `saml2:${element.local}`
  throw refuse(
    'SAML_ROOT',
    `SAML content [[${found}: null]] should have a root element of Namespace=[${NAMESPACE.protocol}] Tag=[${root}]`,
    { expected: root, actual: element.local },
  )
}

/** A text as OpenSAML reads it: without what Java trims at both ends, and nothing when nothing is left (spec §3.6). */
export function trimmed(text = ''): string | undefined {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text[start])) start += 1
  while (start < end && isBlank(text[end - 1])) end -= 1
  return start === end ? undefined : text.slice(start, end)
}

/** The beginning of the text in an element and everything below it, as a node quotes it in its reasons. */
export function abridgedText(element: XmlElement, length: number): string {
  const text = trimmed([...elementsOf(element)].map((each) => each.text).join('')) ?? ''
  return text.length > length ? `${text.slice(0, length)}...` : text
}

// JavaScript's own trim would also take a no-break space, and make two names one.
const isBlank = (character = '') => character <= ' '

/** @throws SamlError SAML_ISSUER or SAML_ISSUER_MISSING unless the Issuer is the realm's IdP (spec §3.7). */
export function checkIssuer(header: MessageHeader, element: string, expected: string): void {
  const issuer = trimmed(header.issuer)
  if (issuer === undefined) {
    throw refuse('SAML_ISSUER_MISSING', `Element ${element} (${header.id}) has no issuer, but expected [${expected}]`, {
      expected,
    })
  }
  if (issuer !== expected) {
    throw refuse('SAML_ISSUER', `SAML Issuer [${issuer}] does not match expected value [${expected}]`, {
      expected,
      actual: issuer,
    })
  }
}

/** @throws SamlError SAML_EXPIRED once `now - skew` has reached the instant (spec §3.7). */
export function checkNotOnOrAfter(instant: number | undefined, now: number, skewMs: number): void {
  if (instant === undefined || now - skewMs < instant) return
  const reason = `Rejecting SAML assertion because [${javaInstant(now - skewMs)}] is on/after [${javaInstant(instant)}]`
  throw refuse('SAML_EXPIRED', reason, { expected: javaInstant(instant), actual: javaInstant(now) })
}

/** @throws SamlError SAML_NOT_YET_VALID while `now + skew` lies before the instant. */
export function checkNotBefore(instant: number | undefined, now: number, skewMs: number): void {
  if (instant === undefined || now + skewMs >= instant) return
  const reason = `Rejecting SAML assertion because [${javaInstant(now + skewMs)}] is before [${javaInstant(instant)}]`
  throw refuse('SAML_NOT_YET_VALID', reason, { expected: javaInstant(instant), actual: javaInstant(now) })
}
