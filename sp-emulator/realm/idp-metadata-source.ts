import { SamlError } from '#saml/errors'
import { type IdpMetadata, parseIdpMetadata } from '#saml/metadata/idp-metadata'
import { httpGet } from '#server/http-get'
import { keepTrying } from '#server/keep-trying'
import type { Log } from '#server/logging'

/** Where a realm has its IdP's metadata from. */
export interface IdpMetadataSource {
  /** The metadata as it is now. @throws SamlError SAML_METADATA while there is none. */
  readonly current: () => IdpMetadata
  /** Settles once the metadata is there; never rejects. */
  readonly loaded: Promise<void>
  /** Gives up fetching. */
  readonly stop: () => void
}

/**
 * Metadata that is at hand.
 * @throws SamlError when it cannot be read or has not this entity.
 */
export function knownMetadata(document: string, entityId: string): IdpMetadataSource {
  const metadata = parseIdpMetadata(document, entityId)
  return { current: () => metadata, loaded: Promise.resolve(), stop: () => undefined }
}

/** Metadata behind an address: fetched again and again until it is there, since the IdP may start later than the realm. */
export function fetchedMetadata(url: string, entityId: string | undefined, log: Log): IdpMetadataSource {
  const stopped = new AbortController()
  let metadata: IdpMetadata | undefined
  const load = async () => {
    metadata = parseIdpMetadata(await fetchDocument(url), entityId)
  }
  return {
    loaded: keepTrying(load, { log, what: `loading the metadata of the IdP from ${url}`, signal: stopped.signal }),
    stop: () => stopped.abort(),
    current: () => {
      if (metadata !== undefined) return metadata
      throw new SamlError('SAML_METADATA', `the metadata of the IdP has not been loaded from [${url}]`, { url })
    },
  }
}

async function fetchDocument(url: string): Promise<string> {
  const { status, body } = await httpGet(url)
  if (status === 200) return body
  throw new SamlError('SAML_METADATA', `[${url}] answers ${status}, expected metadata`, { url, status })
}
