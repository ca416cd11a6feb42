import { inflate } from '#saml/bindings/deflate'
import type { Presented } from '#saml/rules/presented'

/** The parameters that carry a message. */
export const messageParameters = ['SAMLRequest', 'SAMLResponse'] as const

/** The XML of a message, read as leniently as can be; undefined when there is none. Nothing of it is to be believed. */
export function documentIn(presented: Presented): string | undefined {
  if (presented.carrier === 'document') return presented.document
  const value = presented.carrier === 'form' ? carried(presented.fields) : carriedBy(presented.queryString)
  return value === undefined ? undefined : decodedDocument(value)
}

/** What stands in base64, deflated or not, where it is XML. */
export function decodedDocument(base64: string): string | undefined {
  const octets = Buffer.from(base64, 'base64')
  return asXml(octets) ?? asXml(inflated(octets))
}

/** Whether base64 is of XML that was not deflated, as the POST binding has it. */
export const isPlainDocument = (base64: string): boolean => asXml(Buffer.from(base64, 'base64')) !== undefined

/** The local name of its root element. */
export const rootNameOf = (document: string): string | undefined =>
  /<(?:[\w.-]+:)?([A-Za-z]\w*)[\s/>]/.exec(document)?.[1]

function carried(fields: Readonly<Record<string, string>>): string | undefined {
  return fields['SAMLRequest'] ?? fields['SAMLResponse']
}

function carriedBy(queryString: string): string | undefined {
  return carried(Object.fromEntries(new URLSearchParams(queryString)))?.replaceAll(' ', '+')
}

function inflated(octets: Buffer): Buffer | undefined {
  try {
    return inflate(octets, { lenient: true })
  } catch {
    return undefined
  }
}

function asXml(octets: Buffer | undefined): string | undefined {
  const text = octets?.toString()
  return text !== undefined && /^\uFEFF?\s*</.test(text) ? text : undefined
}
