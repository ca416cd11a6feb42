import { inflateRawSync } from 'node:zlib'
import type { XmlElement } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { Drift } from './drift.ts'
import type { Answer } from './target.ts'

/** What a redirect carries. */
export interface SentRedirect {
  readonly url: string
  /** Up to and with the separator before the message. */
  readonly address: string
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  /** What a signature covers. */
  readonly signedText: string
  readonly signature: Buffer
  readonly xml: string
  readonly root: XmlElement
}

/** Reads the `redirect` of an answer. @throws Drift when it carries no message */
export function redirectOf({ json }: Answer): SentRedirect {
  const { redirect: url } = json
  const start = typeof url === 'string' ? url.search(/SAMLRe(quest|sponse)=/) : -1
  if (typeof url !== 'string' || start < 0) throw new Drift('redirect', 'an address with a SAML message', url)
  const query = url.slice(start)
  const parameters = [...new URLSearchParams(query)]
  const values = Object.fromEntries(parameters)
  const message = values['SAMLRequest'] ?? values['SAMLResponse'] ?? ''
  const xml = inflateRawSync(Buffer.from(message, 'base64')).toString('utf8')
  return {
    url,
    address: url.slice(0, start),
    names: parameters.map(([name]) => name),
    values,
    signedText: query.replace(/&Signature=.*$/, ''),
    signature: Buffer.from(values['Signature'] ?? '', 'base64'),
    xml,
    root: readXml(xml),
  }
}
