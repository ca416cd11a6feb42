import { readPostedMessage } from '#saml/bindings/post'
import { SamlError } from '#saml/errors'
import type { RawMessage } from '../inbox/raw-message.ts'

/** The message in a form that was sent to this address of ours. @throws SamlError SAML_MESSAGE_MISSING, SAML_QUERY_AMBIGUOUS or SAML_BASE64. */
export function readReceivedForm(form: ReadonlyMap<string, string>, arrivedAt: string): RawMessage {
  const kind = form.has('SAMLResponse') ? 'SAMLResponse' : 'SAMLRequest'
  if (form.has('SAMLResponse') && form.has('SAMLRequest')) {
    throw new SamlError('SAML_QUERY_AMBIGUOUS', 'the form has both a SAMLRequest and a SAMLResponse')
  }
  const document = readPostedMessage(kind, form.get(kind))
  return {
    kind,
    document,
    relayState: form.get('RelayState'),
    signature: { kind: 'in-document' },
    arrivedAt,
    carrier: 'browser',
  }
}
