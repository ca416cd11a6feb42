import { resolve } from 'node:path'
import { SamlError } from '#saml/errors'
import { ConfigError } from '#server/config'
import { fileFailure, readOctets } from '#server/named-file'
import type { RealmSettings } from './elasticsearch-yml.ts'

/** Whose settings name a file, and the folder that relative paths start from. */
export interface SettingPlace {
  readonly settings: RealmSettings
  readonly folder: string
  readonly maxBytes?: number
}

/** At most 1 MiB, or as much as the place says. @throws ConfigError that names the setting and the file. */
export function readSettingFile(setting: string, path: string, place: SettingPlace): Buffer {
  const file = resolve(place.folder, path)
  try {
    return readOctets(file, place.maxBytes)
  } catch (cause) {
    throw wrongSetting(setting, place, `names [${file}], which cannot be read: ${fileFailure(cause)}`, cause)
  }
}

/** Runs what makes use of a setting, and turns its errors into a ConfigError of one line that names the setting. */
export function orConfigError<T>(setting: string, place: SettingPlace, use: () => T): T {
  try {
    return use()
  } catch (cause) {
    const { message } = cause as Error
    const reason = cause instanceof SamlError ? message : message.split('\n')[0]
    throw wrongSetting(setting, place, `cannot be used: ${reason}`, cause)
  }
}

function wrongSetting(setting: string, { settings }: SettingPlace, what: string, cause?: unknown): ConfigError {
  return new ConfigError(`the setting [${settings.section}.${setting}] ${what}`, { cause })
}
