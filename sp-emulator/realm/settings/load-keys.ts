import { type Credential, readCredential, readPrivateKey } from '#saml/credentials'
import { chooseKeys, type KeyEntry } from './choose-keys.ts'
import type { KeySettings, KeystoreSource, KeyUse, PemSource } from './key-settings.ts'
import { orConfigError, readSettingFile, type SettingPlace } from './setting-files.ts'

/**
 * The keys that the settings name: one to sign with, any number to decrypt with. Only RSA keys are keys here (spec §9).
 * @throws ConfigError that names the setting, and for a wrong choice of keys says what a node says.
 */
export async function loadKeys(settings: KeySettings | undefined, place: SettingPlace): Promise<readonly Credential[]> {
  if (settings === undefined) return []
  const { source, use } = settings
  const entries = source.kind === 'pem' ? [readPem(source, use, place)] : await openKeystore(source, use, place)
  const setting = source.kind === 'pem' ? `${use}.key` : `${use}.keystore.path`
  const chosen = chooseKeys(entries, settings, place.settings.section)
  return orConfigError(setting, place, () => chosen.map(toCredential))
}

/** A node calls the only key of a PEM file `key`. */
function readPem(source: PemSource, use: KeyUse, place: SettingPlace): KeyEntry {
  const key = readSettingFile(`${use}.key`, source.keyPath, place)
  const certificate = readSettingFile(`${use}.certificate`, source.certificatePath, place)
  const privateKey = orConfigError(`${use}.key`, place, () => readPrivateKey(key.toString('utf8'), source.passphrase))
  return { alias: 'key', privateKey, certificatePem: certificate.toString('utf8') }
}

async function openKeystore(source: KeystoreSource, use: KeyUse, place: SettingPlace): Promise<readonly KeyEntry[]> {
  const setting = `${use}.keystore.path`
  const octets = readSettingFile(setting, source.path, place)
  // Most realms have no keystore, and the library is large.
  const { readKeystore } = await import('./keystore.ts')
  return orConfigError(setting, place, () => readKeystore(octets, source.password))
}

function toCredential({ privateKey, certificatePem }: KeyEntry): Credential {
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  return readCredential({ privateKeyPem, certificatePem }, { rsaOnly: true })
}
