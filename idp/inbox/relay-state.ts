import { SamlError } from '#saml/errors'
import type { SpDirectory } from '../directory/sp-directory.ts'
import { letPass } from './judge.ts'
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

/**
 * What is tolerated of the RelayState of a login that this service provider did not ask for.
 * @throws SamlError SAML_RELAY_STATE when it may not travel.
 */
export function letRelayStatePass(
  { serviceProviders }: { readonly serviceProviders: Pick<SpDirectory, 'tolerancesOf'> },
  relayState: string | undefined,
  { spEntityId, owner }: { readonly spEntityId: string; readonly owner: string },
): readonly Breach[] {
  return letPass(() => checkRelayState(relayState, { owner }), {
    tolerate: () => serviceProviders.tolerancesOf(spEntityId),
  })
}

/** The RelayState that an answer carries back: as it came, or none when it may not travel. */
export function answeredRelayState(relayState: string | undefined, tolerate: readonly Tolerance[]): string | undefined {
  const most = tolerate.includes('longRelayState') ? mostOctets : standardOctets
  return Buffer.byteLength(relayState ?? '') > most ? undefined : relayState
}
