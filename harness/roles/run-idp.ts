import { type Clock, systemClock } from '#server/clock'
import type { Listener } from '#server/serve'
import { createIdp, type Idp, type IdpOptions, readServiceProviders, type TrustedSp } from '../../idp/index.ts'
import { createReadiness, type Readiness } from './readiness.ts'

export interface IdpRole {
  readonly idp: Idp
  /** Trusts every service provider that this metadata describes; each is called by the host of its ACS unless it has a name. @throws SamlError */
  trust(spMetadata: string | Uint8Array, given?: Omit<TrustedSp, 'metadata'>): void
  readonly readiness: Readiness
}

/** Puts an IdP on its socket. It answers, its metadata first of all, before its service providers are known. */
export function runIdp(listener: Listener, options: IdpOptions): IdpRole {
  const idp = createIdp(options)
  const { clock } = options
  const readiness = createReadiness('its service providers are not known yet')
  listener.mount(readiness.serve(idp.fetch))
  return { idp, trust: (document, given) => trustAll(idp, readWithoutEntry(document, given, clock)), readiness }
}

export const readWithoutEntry = (
  document: string | Uint8Array,
  given: Omit<TrustedSp, 'metadata'> = {},
  clock: Clock = systemClock,
) => readServiceProviders(document, given, clock.now())

export function trustAll(idp: Idp, described: readonly TrustedSp[]): void {
  for (const { metadata, ...given } of described) idp.trust(metadata, given)
}
