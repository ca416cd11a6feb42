import { decodeBase64 } from '#saml/bindings/base64'
import { inflate } from '#saml/bindings/deflate'
import { readSoap } from '#saml/bindings/soap'
import type { KeptSeen, Wire } from '#server/journal/seen'
import { messageParameters } from '../explain/document-in.ts'

/** The XML of a message: what is in hand, else what it travelled as, decoded. Undefined where that cannot be read. */
export function documentOf({ document, wire, binding }: KeptSeen): string | undefined {
  if (typeof document === 'string') return document
  if (document !== undefined) return textOf(document)
  if (wire === undefined) return undefined
  try {
    return decoded(wire, binding)
  } catch {
    return undefined
  }
}

const textOf = (octets: Uint8Array): string => new TextDecoder().decode(octets)

function decoded(wire: Wire, binding: KeptSeen['binding']): string | undefined {
  if (binding === 'soap') return textOf(readSoap(Buffer.from(wire.body ?? '')))
  const inBody = messageIn(new URLSearchParams(wire.body ?? ''))
  if (inBody !== undefined) return textOf(decodeBase64(inBody, { lenient: true }))
  const inQuery = messageIn(queryOf(wire))
  return inQuery && textOf(inflate(decodeBase64(inQuery, { lenient: true }), { lenient: true }))
}

function messageIn(parameters: URLSearchParams): string | undefined {
  const [name] = messageParameters.filter((each) => parameters.has(each))
  return name === undefined ? undefined : (parameters.get(name) ?? undefined)
}

/** The parameters behind the `?` of an address, decoded. */
export function queryOf({ url }: Wire): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start < 0 ? '' : url.slice(start + 1).split('#', 1)[0])
}
