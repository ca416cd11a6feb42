import { type EscapeName, escaped } from '#saml/bindings/escaped'

/** A query with something of it written otherwise; Signature stays as it is. */
export type Rewrite = (query: string) => string

export const eachValue =
  (rewrite: (value: string, name: string) => string): Rewrite =>
  (query) =>
    query
      .split('&')
      .map((pair) => {
        const [name = '', value = ''] = pair.split(/=(.*)/s)
        return `${name}=${name === 'Signature' ? value : rewrite(value, name)}`
      })
      .join('&')
export const escapedBy = (name: EscapeName) => eachValue((value) => escaped(decodeURIComponent(value), name, undefined))
export const upper = eachValue((value) => value.replace(/%../g, (written) => written.toUpperCase()))
export const lower = eachValue((value) => value.replace(/%../g, (written) => written.toLowerCase()))
export const ofMessage = (rewrite: (value: string) => string) =>
  eachValue((value, name) =>
    name.startsWith('SAML') ? encodeURIComponent(rewrite(decodeURIComponent(value.replaceAll('+', ' ')))) : value,
  )
export const octets = (change: (octets: Buffer) => Buffer) =>
  ofMessage((value) => change(Buffer.from(value, 'base64')).toString('base64'))
