import { reservedParameters } from '../../bindings/redirect-rules.ts'

/** A parameter as it came, and what it says as far as that can be told. */
export interface QueryPart {
  readonly name: string
  readonly raw: string
  readonly rawValue: string
  readonly value: string
}

/** A query that carries a signed message, taken apart without asking whether it is right. */
export interface QueryParts {
  readonly message: QueryPart
  readonly relayState: QueryPart | undefined
  readonly sigAlg: QueryPart | undefined
  readonly signature: QueryPart
  /** All of it, in the order in which it came. */
  readonly all: readonly QueryPart[]
}

/** The parts of a query with a message and a Signature; undefined when one of them is missing. */
export function takeApart(rawQuery: string): QueryParts | undefined {
  const all = rawQuery
    .split('&')
    .filter((raw) => raw !== '')
    .map(partOf)
  const find = (name: string) => all.find((part) => part.name === name)
  const message = find('SAMLRequest') ?? find('SAMLResponse')
  const signature = find('Signature')
  if (message === undefined || signature === undefined) return undefined
  return { message, relayState: find('RelayState'), sigAlg: find('SigAlg'), signature, all }
}

/** Whether the binding defines no such parameter (saml-bindings-2.0 §3.4.4.1). */
export const isExtra = ({ name }: QueryPart): boolean => !(reservedParameters as readonly string[]).includes(name)

function partOf(raw: string): QueryPart {
  const equals = raw.indexOf('=')
  const name = equals < 0 ? raw : raw.slice(0, equals)
  const rawValue = equals < 0 ? '' : raw.slice(equals + 1)
  return { name, raw, rawValue, value: decoded(rawValue) }
}

/** What a broken escape hides stays as it is. */
function decoded(rawValue: string): string {
  try {
    return decodeURIComponent(rawValue.replaceAll('+', ' '))
  } catch {
    return rawValue
  }
}
