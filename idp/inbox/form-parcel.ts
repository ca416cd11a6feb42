import { decodePosted, postedValue } from '#saml/bindings/post'
import { SamlError } from '#saml/errors'
import { Part } from '#saml/rules/part'
import type { Rule } from '#saml/rules/rule'
import type { Parcel } from './parcel.ts'

type Form = ReadonlyMap<string, string>
export type FormParts = ReturnType<typeof formParts>

const clause = 'saml-bindings-2.0 §3.5.4'
const rules: readonly Rule<FormParts>[] = [
  { rule: 'eachFieldOnce', code: 'SAML_QUERY_AMBIGUOUS', clause, ask: ({ form }) => void form.make() },
  { rule: 'carriesOneMessage', code: 'SAML_QUERY_AMBIGUOUS', clause, ask: ({ kind }) => void kind.make() },
  { rule: 'carriesAMessage', code: 'SAML_MESSAGE_MISSING', clause, ask: ({ value }) => void value.make() },
  { rule: 'base64', code: 'SAML_BASE64', clause, ask: ({ document }) => void document.make() },
]

/** The fields of a form that was sent to this address of ours by a browser. Getting at them throws SamlError where it is not clear which count. */
export function formParcel(fields: () => Form, arrivedAt: string | undefined): Parcel<FormParts> {
  const parts = formParts(fields)
  return {
    ...{ rules, parts },
    raw: {
      get kind() {
        return parts.kind.get()
      },
      get document() {
        return parts.document.get()
      },
      get relayState() {
        return parts.form.get().get('RelayState')
      },
      ...{ signature: { kind: 'in-document' }, arrivedAt, carrier: 'browser' },
    },
  }
}

function formParts(fields: () => Form) {
  const form = new Part('it is not clear which fields count', fields)
  const kind = new Part('it is not clear which message counts', () => onlyKind(form.get()))
  const value = new Part('there is no message', () => postedValue(kind.get(), form.get().get(kind.get())))
  const document = new Part('no document could be read', () => decodePosted(value.get()))
  return { form, kind, value, document }
}

function onlyKind(form: Form): 'SAMLRequest' | 'SAMLResponse' {
  if (!form.has('SAMLResponse')) return 'SAMLRequest'
  if (!form.has('SAMLRequest')) return 'SAMLResponse'
  throw new SamlError('SAML_QUERY_AMBIGUOUS', 'the form has both a SAMLRequest and a SAMLResponse')
}

/** The fields of a form. @throws SamlError SAML_QUERY_AMBIGUOUS when one occurs twice. */
export function readFields(text: string): Form {
  const form = new Map<string, string>()
  for (const [name, value] of new URLSearchParams(text)) {
    if (form.has(name)) throw new SamlError('SAML_QUERY_AMBIGUOUS', `the field ${name} occurs more than once`)
    form.set(name, value)
  }
  return form
}
