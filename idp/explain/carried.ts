import type { Check } from '#saml/rules/ask-all'
import type { Hints } from '#saml/rules/hints/hint'
import type { Judgement, Presented } from '#saml/rules/presented'
import { Unaskable } from '#saml/rules/unaskable'
import { childOf, type XmlElement } from '#saml/xml/element'
import { readXml } from '#saml/xml/read'
import { attempt } from '../inbox/attempt.ts'
import { callParcel } from '../inbox/call-parcel.ts'
import { formParcel } from '../inbox/form-parcel.ts'
import type { Parcel } from '../inbox/parcel.ts'
import { queryParcel } from '../inbox/query-parcel.ts'
import type { RawMessage } from '../inbox/raw-message.ts'
import { formHints, queryHints } from './carriage-hints.ts'
import { explainRules } from './explain-rules.ts'

/** A presented message as one that came to this address. */
export interface Carried {
  readonly binding: Judgement['binding']
  /** What is to be said of what carried it. */
  readonly checks: () => readonly Check[]
  readonly raw: RawMessage
}

/** What carried a message, as far as that was told; of an envelope of SOAP it is known. */
export function carry(presented: Presented, arrivedAt: string): Carried {
  if (presented.carrier === 'query')
    return parcelled('redirect', queryParcel(presented.queryString, arrivedAt), queryHints)
  if (presented.carrier === 'form') {
    const fields = () => new Map(Object.entries(presented.fields))
    return parcelled('post', formParcel(fields, arrivedAt), formHints)
  }
  const document = Buffer.from(presented.document)
  const root = rootIn(document)
  if (root?.key !== 'soap:Envelope') return { binding: null, checks: () => [], raw: alone(document, root, arrivedAt) }
  const inside = childOf(root, 'soap:Body')?.children[0]
  return parcelled(
    'soap',
    callParcel(() => document, { kind: kindOf(inside), arrivedAt }),
  )
}

function parcelled<Parts>(
  binding: Judgement['binding'],
  { rules, parts, raw }: Parcel<Parts>,
  hints: Hints<Parts> = {},
): Carried {
  return { binding, checks: () => explainRules(rules, parts, hints), raw }
}

function rootIn(document: Buffer): XmlElement | undefined {
  const root = attempt(() => readXml(document))
  return root instanceof Error ? undefined : root
}

const kindOf = (root: XmlElement | undefined): RawMessage['kind'] =>
  root?.local === 'LogoutResponse' || root?.local === 'Response' ? 'SAMLResponse' : 'SAMLRequest'

function alone(document: Buffer, root: XmlElement | undefined, arrivedAt: string): RawMessage {
  const isSigned = root !== undefined && childOf(root, 'ds:Signature') !== undefined
  return {
    kind: kindOf(root),
    document,
    get relayState(): never {
      throw new Unaskable('a document alone does not tell which RelayState came with it')
    },
    get signature() {
      if (isSigned) return { kind: 'in-document' } as const
      throw new Unaskable('a document alone does not tell whether the query was signed in which it came')
    },
    arrivedAt,
    carrier: 'unknown',
  }
}
