import type { XmlElement } from '../../xml/element.ts'
import { whereCut } from './cut-message.ts'
import { readingsOf } from './document-readings.ts'
import { readRepaired } from './document-texts.ts'
import { sentence, type Way } from './way.ts'

interface Unread {
  /** Of `SAMLRequest` or `SAMLResponse`, as its parameter or field is decoded. */
  readonly value: string
  readonly carrier: 'query' | 'form'
  /** Of the query or the body that carried it, in octets; tells where it was cut. */
  readonly carriedLength?: number | undefined
  /** The element that the receiver takes, such as `LogoutRequest`. */
  readonly expectedRoot?: string | undefined
  /** Of a receiver to whom white space in base64 and a missing padding do not matter. */
  readonly isLenient?: boolean | undefined
}

/** More than a message of the largest size has in base64. */
const LONGEST = 512 * 1024

/**
 * What would have made a message readable, or the expected one: another base64, another compression, another encoding, what was escaped or put in too much,
 * another root element; else where it was cut. Undefined when nothing that was tried can be read, and when it can be read as it came.
 */
export function hintForDecoding({ expectedRoot, ...carried }: Unread): string | undefined {
  if (carried.value.length > LONGEST) return undefined
  for (const { it: octets, ways } of readingsOf(carried)) {
    const document = readRepaired(octets)
    if (document === undefined) continue
    const all: readonly Way[] = [...ways, ...document.ways]
    if (all.length === 0) return expectedRoot === undefined ? undefined : otherRoot(document.it, expectedRoot)
    if (carriesMessage(document.it)) return sentence('it can be read', all)
  }
  return whereCut(carried)
}

/** What is read in another way and is no message either, such as a page, explains nothing. */
const carriesMessage = ({ key }: XmlElement) => key.startsWith('samlp:') || key === 'soap:Envelope'

function otherRoot({ local, key, children }: XmlElement, expected: string): string | undefined {
  if (key === `samlp:${expected}`) return undefined
  if (key === 'soap:Envelope') {
    const within = children.flatMap((child) => child.children).find((child) => child.key === `samlp:${expected}`)
    return within && `it is a SOAP envelope with a ${expected} in it: here the ${expected} is to stand alone`
  }
  if (local === expected) return `its ${expected} stands in another namespace than that of SAML 2.0`
  return key.startsWith('samlp:')
    ? `it is a ${local}, and here a ${expected} is expected: it was sent to the wrong address`
    : undefined
}
