import { createPrivateKey } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type Credential, readCredential } from '#saml/credentials'
import { SamlError } from '#saml/errors'
import { ConfigError } from '#server/config'
import type { Log } from '#server/logging'
import type { NodeSettings, RealmSettings } from './elasticsearch-yml.ts'
import { fetchedMetadata, type IdpMetadataSource, knownMetadata } from './idp-metadata-source.ts'
import type { RealmConfig } from './realm-config.ts'
import { type RealmFiles, readRealmSettings } from './realm-settings.ts'

/** A realm's settings with everything that they refer to. */
export interface LoadedRealm {
  readonly config: RealmConfig
  readonly idpMetadata: IdpMetadataSource
}

/**
 * Reads the keys and the IdP metadata that the realms of an `elasticsearch.yml` name; relative paths are relative to `folder`. Metadata behind an https address
 * may arrive later, as at a real node.
 * @throws ConfigError that names the setting and the file.
 */
export async function loadRealms(
  { realms }: NodeSettings,
  { folder, log }: { folder: string; log: Log },
): Promise<readonly LoadedRealm[]> {
  const loaded = await Promise.all(realms.map((settings) => loadRealm(settings, folder, log)))
  const enabled = loaded.filter((realm) => realm !== undefined)
  if (enabled.length === 0)
    throw new ConfigError('the configuration has no SAML realm under [xpack.security.authc.realms.saml]')
  return enabled
}

async function loadRealm(settings: RealmSettings, folder: string, log: Log): Promise<LoadedRealm | undefined> {
  const read = readRealmSettings(settings)
  if (read === undefined) return undefined
  const { files, toConfig } = read
  const config = toConfig(await loadSigning(files.signing, { settings, folder }))
  return { config, idpMetadata: await loadMetadata(files.metadataPath, config, { settings, folder, log }) }
}

interface Place {
  readonly settings: RealmSettings
  readonly folder: string
}

async function loadSigning(signing: RealmFiles['signing'], place: Place): Promise<Credential | undefined> {
  if (signing === undefined) return undefined
  const [key, certificatePem] = await Promise.all([
    readSettingFile('signing.key', signing.keyPath, place),
    readSettingFile('signing.certificate', signing.certificatePath, place),
  ])
  return orConfigError('signing.key', place, () => {
    const privateKeyPem = decryptKey(key, signing.passphrase)
    return readCredential({ privateKeyPem, certificatePem })
  })
}

function decryptKey(pem: string, passphrase: string | undefined): string {
  if (passphrase === undefined) return pem
  const key = createPrivateKey({ key: pem, passphrase })
  return key.export({ type: 'pkcs8', format: 'pem' }).toString()
}

async function loadMetadata(
  path: string,
  config: RealmConfig,
  place: Place & { log: Log },
): Promise<IdpMetadataSource> {
  if (path.startsWith('http://')) {
    throw wrong('idp.metadata.path', place, `is [${path}]: only files and https addresses are allowed`)
  }
  if (path.startsWith('https://')) return fetchedMetadata(path, config.idpEntityId, place.log)
  const document = await readSettingFile('idp.metadata.path', path, place)
  return orConfigError('idp.metadata.path', place, () => knownMetadata(document, config.idpEntityId))
}

async function readSettingFile(setting: string, path: string, place: Place): Promise<string> {
  const file = resolve(place.folder, path)
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : message
    throw wrong(setting, place, `names [${file}], which cannot be read: ${reason}`, cause)
  }
}

function orConfigError<T>(setting: string, place: Place, use: () => T): T {
  try {
    return use()
  } catch (cause) {
    const { message } = cause as Error
    throw wrong(
      setting,
      place,
      `cannot be used: ${cause instanceof SamlError ? message : message.split('\n')[0]}`,
      cause,
    )
  }
}

function wrong(setting: string, { settings }: Place, what: string, cause?: unknown): ConfigError {
  return new ConfigError(`the setting [${settings.section}.${setting}] ${what}`, { cause })
}
