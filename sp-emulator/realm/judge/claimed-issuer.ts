import { decodeBase64 } from '#saml/bindings/base64'
import { SamlError } from '#saml/errors'
import { childOf } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { readQuery } from '../query-string.ts'
import { decodeMessage, inflateMessage, trimmed } from './message.ts'

/** A message as it was brought: in the query that carried it, or its octets. */
export interface BroughtOctets {
  readonly queryString?: string | undefined
  readonly document?: Uint8Array | undefined
  /** What a form carried, in base64. */
  readonly posted?: string | undefined
}

/** Whom a message names as its Issuer, as far as it can be read; nobody has vouched for it. For a line in a log: at most 256 characters. */
export function claimedIssuer(brought: BroughtOctets): string | undefined {
  try {
    const octets = octetsOf(brought)
    if (octets === undefined) return undefined
    return trimmed(childOf(readXml(octets), 'saml:Issuer')?.text)?.slice(0, 256)
  } catch (error) {
    if (error instanceof SamlError) return undefined
    throw error
  }
}

function octetsOf({ queryString, document, posted }: BroughtOctets): Uint8Array | undefined {
  if (document !== undefined) return document
  if (posted !== undefined) return decodeBase64(posted, { lenient: true })
  return queryString === undefined ? undefined : messageIn(queryString)
}

function messageIn(queryString: string): Buffer | undefined {
  const { parameters } = readQuery(queryString)
  const encoded = parameters.get('SAMLRequest') ?? parameters.get('SAMLResponse')
  return encoded === undefined ? undefined : inflateMessage(decodeMessage(encoded))
}
