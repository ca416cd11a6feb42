import { parseSpMetadata } from '#saml/metadata/sp-metadata'
import { fetchDocument } from '#server/http-get'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'
import type { Listener } from '#server/serve'
import { createIdp, type Idp, type IdpOptions } from '../idp/index.ts'
import { createReadiness, type Readiness } from './readiness.ts'

export interface IdpRole {
  readonly idp: Idp
  /** Trusts the service provider that this metadata describes. @throws SamlError */
  trust(spMetadata: string | Uint8Array): void
  readonly readiness: Readiness
}

/** Puts an IdP on its socket. It answers, its metadata first of all, before its service providers are known. */
export function runIdp(listener: Listener, options: IdpOptions): IdpRole {
  const idp = createIdp(options)
  const readiness = createReadiness('its service providers are not known yet')
  listener.mount(readiness.serve(idp.fetch))
  return { idp, trust: (document) => trust(idp, document), readiness }
}

/** A service provider is called by the host where people know it. */
function trust(idp: Idp, document: string | Uint8Array): void {
  const metadata = parseSpMetadata(document)
  const [acs] = metadata.assertionConsumerServices
  idp.trust(metadata, { name: acs && new URL(acs.location).hostname })
}

/** Trusts the service provider behind an address, as soon as its metadata can be had there. Settles then, or when given up. */
export function trustWhenLoaded(
  role: IdpRole,
  url: string,
  given: { log: Log; signal: AbortSignal },
): Promise<unknown> {
  const load = () => role.readiness.attempt(async () => role.trust(await fetchDocument(url)))
  return keepTrying(load, { ...given, what: `loading the metadata of the service provider from ${url}` })
}
