import { inflateRawSync } from 'node:zlib'

/** What a redirect carries, read without any of our own code. */
interface ReadRedirect {
  readonly address: string
  readonly names: readonly string[]
  readonly values: Readonly<Record<string, string>>
  readonly xml: string
}

/** Splits the redirect behind `separator` and undoes the encoding of its message. */
export function readRedirect(redirect: string, separator = '?'): ReadRedirect {
  const cut = redirect.indexOf(separator) + separator.length
  const parameters = [...new URLSearchParams(redirect.slice(cut))]
  const values = Object.fromEntries(parameters)
  const message = values['SAMLRequest'] ?? values['SAMLResponse'] ?? ''
  return {
    address: redirect.slice(0, cut),
    names: parameters.map(([name]) => name),
    values,
    xml: inflateRawSync(Buffer.from(message, 'base64')).toString('utf8'),
  }
}
