import { SamlError } from '#saml/errors'
import { Breach, type Tolerance } from './tolerance.ts'

const standardOctets = 80
/** What is carried back at most, whoever asks. */
const mostOctets = 8 * 1024

/**
 * Guarantees that a RelayState may travel with a message: at most 80 octets of UTF-8 (saml-bindings-2.0 §3.4.3, §3.5.3), at most 8192 where more is tolerated.
 * @throws Breach longRelayState above 80 octets, SamlError SAML_RELAY_STATE above 8192.
 */
export function checkRelayState(relayState: string | undefined, { owner }: { readonly owner: string }): void {
  const octets = Buffer.byteLength(relayState ?? '')
  if (octets <= standardOctets) return
  const most = octets > mostOctets ? mostOctets : standardOctets
  const says = `the RelayState of ${owner} has ${octets} octets, at most ${most} are allowed`
  const facts = { expected: `at most ${most} octets`, actual: `${octets} octets` }
  throw octets > mostOctets ? new SamlError('SAML_RELAY_STATE', says, facts) : new Breach('longRelayState', says, facts)
}

/** The RelayState that an answer carries back: as it came, or none when it may not travel. */
export function answeredRelayState(relayState: string | undefined, tolerate: readonly Tolerance[]): string | undefined {
  const most = tolerate.includes('longRelayState') ? mostOctets : standardOctets
  return Buffer.byteLength(relayState ?? '') > most ? undefined : relayState
}
