import { readSoap } from '#saml/bindings/soap'
import { Part } from '#saml/rules/part'
import type { Rule } from '#saml/rules/rule'
import type { Parcel } from './parcel.ts'
import type { RawMessage } from './raw-message.ts'

interface CallParts {
  readonly document: Part<Buffer>
}

const rules: readonly Rule<CallParts>[] = [
  {
    ...{ rule: 'oneMessageInAnEnvelope', code: 'SAML_SOAP', clause: 'saml-bindings-2.0 §3.2.2' },
    ask: ({ document }) => void document.make(),
  },
]

/** The envelope of a call by SOAP to this address of ours, or of the answer to a call of ours. Getting at it throws SamlError where there is none. */
export function callParcel(
  envelope: () => Uint8Array,
  { kind, arrivedAt }: Pick<RawMessage, 'kind' | 'arrivedAt'>,
): Parcel<CallParts> {
  const parts = { document: new Part('no document could be read', () => readSoap(envelope())) }
  return {
    ...{ rules, parts },
    raw: {
      get document() {
        return parts.document.get()
      },
      ...{ kind, relayState: undefined, signature: { kind: 'in-document' }, arrivedAt, carrier: 'call' },
    },
  }
}
