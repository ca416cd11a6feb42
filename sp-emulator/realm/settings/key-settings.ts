import { ConfigError } from '#server/config'
import type { SettingReader } from './setting-reader.ts'

/** What keys are for; also the part of the settings' names that says so. */
export type KeyUse = 'signing' | 'encryption'

/** Where keys are, under `signing.` or `encryption.` (spec §9). Paths as written in the file. */
export interface KeySettings {
  readonly use: KeyUse
  readonly source: PemSource | KeystoreSource
  /** Chooses one of several keys. */
  readonly alias: string | undefined
}

export interface PemSource {
  readonly kind: 'pem'
  readonly keyPath: string
  readonly certificatePath: string
  readonly passphrase: string | undefined
}

export interface KeystoreSource {
  readonly kind: 'keystore'
  readonly path: string
  readonly password: string
}

const names = [
  'key',
  'certificate',
  'secure_key_passphrase',
  'keystore.path',
  'keystore.type',
  // Of the JDK, and without a meaning here.
  'keystore.algorithm',
  'keystore.alias',
  'keystore.secure_password',
  'keystore.secure_key_password',
]

/** Every setting that says something about a key. */
export const keySettingNames: readonly string[] = (['signing', 'encryption'] as const).flatMap((use) =>
  names.map((name) => `${use}.${name}`),
)

/** @throws ConfigError in the words of a node for a combination that makes no sense. Undefined when no key is configured. */
export function readKeySettings(read: SettingReader, use: KeyUse): KeySettings | undefined {
  const full = (name: string) => `[${read.fullName(`${use}.${name}`)}]`
  const keyPath = read.optional(`${use}.key`)
  const certificatePath = read.optional(`${use}.certificate`)
  const keystorePath = read.optional(`${use}.keystore.path`)
  const alias = read.optional(`${use}.keystore.alias`)
  if (certificatePath !== undefined && keystorePath !== undefined) {
    throw new ConfigError(`cannot specify both ${full('certificate')} and ${full('keystore.path')}`)
  }
  if (keyPath !== undefined || certificatePath !== undefined) {
    if (keyPath === undefined) throw lonely(full('certificate'), full('key'))
    if (certificatePath === undefined) throw lonely(full('key'), full('certificate'))
    const passphrase = read.raw(`${use}.secure_key_passphrase`)
    return { use, alias, source: { kind: 'pem', keyPath, certificatePath, passphrase } }
  }
  if (keystorePath === undefined) return undefined
  return { use, alias, source: keystoreSource(read, use, keystorePath) }
}

function lonely(given: string, missing: string): ConfigError {
  return new ConfigError(`cannot specify ${given} without also setting ${missing}`)
}

function keystoreSource(read: SettingReader, use: KeyUse, path: string): KeystoreSource {
  const type = read.optional(`${use}.keystore.type`) ?? 'PKCS12'
  if (type.toUpperCase() !== 'PKCS12') {
    throw read.wrong(`${use}.keystore.type`, `is [${type}], only [PKCS12] is supported by this emulator`)
  }
  const password = read.raw(`${use}.keystore.secure_password`) ?? ''
  const keyPassword = read.raw(`${use}.keystore.secure_key_password`) ?? password
  if (keyPassword !== password) {
    throw read.wrong(
      `${use}.keystore.secure_key_password`,
      'is another than that of the keystore: a PKCS#12 keystore has one password for all that is in it',
    )
  }
  return { kind: 'keystore', path, password }
}
