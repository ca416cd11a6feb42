import { kindOf, type RedirectParts, redirectParts, redirectRules, relayStateOf } from '#saml/bindings/redirect-rules'
import { SamlError } from '#saml/errors'
import type { Rule } from '#saml/rules/rule'
import type { Parcel } from './parcel.ts'

const maxOctets = 64 * 1024

interface QueryParts extends RedirectParts {
  readonly query: string
}

const rules: readonly Rule<QueryParts>[] = [
  { rule: 'shortQuery', code: 'SAML_TOO_LARGE', clause: 'saml-bindings-2.0 §3.4.1', ask: shortQuery },
  ...redirectRules,
]

/** A query that came to this address of ours by a browser. */
export function queryParcel(query: string, arrivedAt: string | undefined): Parcel<QueryParts> {
  const parts = { ...redirectParts(query), query }
  return {
    ...{ rules, parts },
    raw: {
      get kind() {
        return kindOf(parts)
      },
      get document() {
        return parts.document.get()
      },
      get relayState() {
        return relayStateOf(parts)
      },
      get signature() {
        return parts.signature.get()
      },
      ...{ arrivedAt, carrier: 'browser' },
    },
  }
}

function shortQuery({ query }: QueryParts): void {
  if (query.length <= maxOctets) return
  throw new SamlError('SAML_TOO_LARGE', `the query string has more than ${maxOctets} octets`, {
    expected: `at most ${maxOctets}`,
    actual: query.length,
  })
}
