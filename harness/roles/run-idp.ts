import { systemClock } from '#server/clock'
import { fetchDocument, type HttpGetOptions } from '#server/http-get'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import { createIdp, type Idp, type IdpOptions, readServiceProviders, type TrustedSp } from '../../idp/index.ts'
import { createReadiness, type Readiness } from './readiness.ts'

export interface IdpRole {
  readonly idp: Idp
  /** Trusts every service provider that this metadata describes; each is called by the host of its ACS unless it has a name. @throws SamlError */
  trust(spMetadata: string | Uint8Array, name?: string): void
  readonly readiness: Readiness
}

/** Puts an IdP on its socket. It answers, its metadata first of all, before its service providers are known. */
export function runIdp(listener: Listener, options: IdpOptions): IdpRole {
  const idp = createIdp(options)
  const readiness = createReadiness('its service providers are not known yet')
  listener.mount(readiness.serve(idp.fetch))
  return { idp, trust: (document, name) => trustAll(idp, readWithoutEntry(document, name)), readiness }
}

const readWithoutEntry = (document: string | Uint8Array, name?: string) =>
  readServiceProviders(document, { name }, systemClock.now())

function trustAll(idp: Idp, described: readonly TrustedSp[]): void {
  for (const { metadata, ...given } of described) idp.trust(metadata, given)
}

export interface Awaited {
  readonly url: string
  /** What the document there says; by default whom it describes. */
  readonly read?: (document: string | Uint8Array) => readonly TrustedSp[]
}

/** Trusts the service providers behind an address, as soon as their metadata can be had there. Settles then, or when given up. */
export function trustWhenLoaded(
  { idp, readiness }: IdpRole,
  { url, read = (document) => readWithoutEntry(document) }: Awaited,
  { trust, ...given }: { log: Log; signal: AbortSignal; trust?: HttpGetOptions['tls'] },
): Promise<unknown> {
  const load = () =>
    readiness.attempt(async () => trustAll(idp, read(await fetchDocument(url, trust && { tls: trust }))))
  return keepTrying(load, { ...given, what: `loading the metadata of the service provider from ${url}` })
}
