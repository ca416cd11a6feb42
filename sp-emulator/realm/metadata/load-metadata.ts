import { resolve } from 'node:path'
import { metadataLimits } from '#saml/xml/read'
import { type Clock, systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import type { HttpGetOptions } from '#server/http-get'
import type { Log } from '#server/logging'
import type { MetadataSettings, VerificationMode } from '../settings/metadata-settings.ts'
import { orConfigError, readSettingFile, type SettingPlace } from '../settings/setting-files.ts'
import { fetchedMetadata, fetchMetadata, fileMetadata, type IdpMetadataSource } from './idp-metadata-source.ts'

type HttpsSettings = Extract<MetadataSettings, { kind: 'https' }>
type FileSettings = Extract<MetadataSettings, { kind: 'file' }>

interface Wanted extends SettingPlace {
  readonly entityId: string
  readonly log: Log
  readonly clock?: Clock
}

// A node asks when somebody logs in; asking every second is the same for whoever logs in, and kind to the IdP.
const retryMs = 1_000

/** The metadata that the settings name; what is behind an address may arrive later. @throws ConfigError that names the setting. */
export async function loadMetadata(settings: MetadataSettings, wanted: Wanted): Promise<IdpMetadataSource> {
  return settings.kind === 'https' ? loadFromAddress(settings, wanted) : loadFromFile(settings, wanted)
}

function loadFromFile({ path, ignored }: FileSettings, wanted: Wanted): IdpMetadataSource {
  const { folder, entityId, log, clock = systemClock } = wanted
  for (const setting of ignored) {
    log.info({ setting }, `Ignoring setting [${setting}] because the IdP metadata is being loaded from a file`)
  }
  readSettingFile('idp.metadata.path', path, { ...wanted, maxBytes: metadataLimits.bytes })
  return orConfigError('idp.metadata.path', wanted, () => fileMetadata(resolve(folder, path), entityId, { log, clock }))
}

async function loadFromAddress(settings: HttpsSettings, wanted: Wanted): Promise<IdpMetadataSource> {
  const { url, schedule, timeoutMs, verificationMode } = settings
  const { entityId, log, clock = systemClock } = wanted
  const authorities = settings.authorityPaths.map((path) =>
    readSettingFile('ssl.certificate_authorities', path, wanted),
  )
  const tls = { ...(authorities.length > 0 && { ca: authorities }), ...verification[verificationMode] }
  const http = { timeoutMs, tls }
  if (settings.failOnError) await failWithout(fetchMetadata(url, entityId, { ...http, clock }), url)
  return fetchedMetadata(url, entityId, log, { http, clock, schedule, retryMs })
}

async function failWithout(fetching: Promise<unknown>, url: string): Promise<void> {
  try {
    await fetching
  } catch (cause) {
    throw new ConfigError(`cannot load SAML metadata from [${url}]: ${(cause as Error).message}`, { cause })
  }
}

const verification: Readonly<Record<VerificationMode, NonNullable<HttpGetOptions['tls']>>> = {
  full: {},
  certificate: { checkServerIdentity: () => undefined },
  none: { rejectUnauthorized: false },
}
