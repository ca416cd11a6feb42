import { SamlError } from '#saml/errors'
import type { Rule } from '#saml/rules/rule'
import { Unaskable } from '#saml/rules/unaskable'
import type { Received } from './received.ts'
import { checkRelayState } from './relay-state.ts'
import { Breach } from './tolerance.ts'

export const supportedVersion: Rule<Received> = {
  ...{ rule: 'supportedVersion', code: 'SAML_VERSION', clause: 'saml-core-2.0 §3.2.1, §3.2.2' },
  ask: ({ kind, message }) => {
    const { id, version } = message()
    if (version === '2.0') return
    throw new SamlError('SAML_VERSION', `${kind} ${id} is not of version 2.0`, { expected: '2.0', actual: version })
  },
}

/** A Destination is compared character by character; a signed message has one that a browser carries. */
export const ownDestination: Rule<Received> = {
  rule: 'ownDestination',
  code: 'SAML_DESTINATION',
  clause: 'saml-core-2.0 §3.2.1, §3.2.2, saml-bindings-2.0 §3.4.5.2, §3.5.5.2',
  ask: (received) => {
    const { kind, raw, message } = received
    const { arrivedAt: ownUrl } = raw
    const { id, destination } = message()
    if (ownUrl === undefined || (destination === undefined && mayBeForNobody(received))) return
    if (destination === ownUrl || (destination !== undefined && received.publishedUrls().includes(destination))) return
    const says = `${kind} ${id} is for ${destination ?? 'nobody'}, this is ${ownUrl}`
    const facts = { expected: ownUrl, actual: destination }
    throw destination === undefined
      ? new Breach('noDestination', says, facts)
      : new SamlError('SAML_DESTINATION', says, facts)
  },
}

function mayBeForNobody({ raw, signed }: Received): boolean {
  if (!signed() || raw.carrier === 'call') return true
  if (raw.carrier === 'browser') return false
  throw new Unaskable('it names no Destination, which is right by SOAP and wrong by a browser')
}

export const shortRelayState: Rule<Received> = {
  ...{ rule: 'shortRelayState', code: 'SAML_RELAY_STATE', clause: 'saml-bindings-2.0 §3.4.3, §3.5.3' },
  ask: ({ kind, raw, message }) => checkRelayState(raw.relayState, { owner: `${kind} ${message().id}` }),
}
