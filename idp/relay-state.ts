import { SamlError } from '#saml/errors'

/**
 * Guarantees that a RelayState may travel with a message: at most 80 bytes (saml-bindings-2.0 §3.4.3, §3.5.3).
 * @throws SamlError SAML_RELAY_STATE
 */
export function checkRelayState(relayState: string | undefined, owner: string): void {
  const bytes = Buffer.byteLength(relayState ?? '')
  if (bytes <= 80) return
  throw new SamlError('SAML_RELAY_STATE', `the RelayState of ${owner} has ${bytes} bytes, at most 80 are allowed`, {
    expected: 'at most 80 bytes',
    actual: `${bytes} bytes`,
  })
}
