import { ConfigError } from '#server/config'
import type { Place } from '#server/yaml-file'
import { type Lookup, replacePlaceholders } from './placeholders.ts'

export type SettingValue = string | readonly string[]

export type FlatSettings = ReadonlyMap<string, SettingValue>

export interface SettingsFile {
  /** Where the value behind these keys begins, when it is known. */
  readonly placeOf?: (keys: readonly string[]) => Place | undefined
  /** The environment variables that values may name; none unless given. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
}

type Entry = readonly [name: string, value: SettingValue]

/**
 * The settings of a parsed `elasticsearch.yml` by their full names, with what stands in for `${…}`: the environment, then other settings. One that is the
 * empty text then is not set, as at a node.
 * @throws ConfigError that names the setting when it has no value, is given twice or names a variable that is not there.
 */
export function flattenSettings(document: unknown, { placeOf, environment = {} }: SettingsFile = {}): FlatSettings {
  const written = new Map<string, SettingValue>()
  for (const [name, value] of flatten(document, [], placeOf)) {
    if (written.has(name)) throw new ConfigError(`the setting [${name}] is given twice`)
    written.set(name, value)
  }
  const lookup: Lookup = (name) =>
    (Object.hasOwn(environment, name) ? environment[name] : undefined) ?? written.get(name)?.toString()
  const resolved = [...written].map(([name, value]): Entry => [name, resolve(name, value, lookup)])
  return new Map(resolved.filter(([, value]) => value !== ''))
}

function resolve(name: string, value: SettingValue, lookup: Lookup): SettingValue {
  try {
    return typeof value === 'string'
      ? replacePlaceholders(value, lookup)
      : value.map((each) => replacePlaceholders(each, lookup))
  } catch (cause) {
    throw new ConfigError(`${(cause as Error).message} in the setting [${name}]`, { cause })
  }
}

function flatten(value: unknown, keys: readonly string[], placeOf: SettingsFile['placeOf']): readonly Entry[] {
  const name = keys.join('.')
  if (value === undefined || (value === null && name === '')) return []
  if (value === null) throw withoutValue(name, placeOf?.(keys))
  if (Array.isArray(value)) return [[name, value.map((each) => listed(each, name))]]
  if (typeof value !== 'object') return [[name, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, [...keys, key], placeOf))
}

function withoutValue(name: string, place: Place | undefined): ConfigError {
  const where = place === undefined ? '' : ` found at line number [${place.line}], column number [${place.column}]`
  return new ConfigError(`null-valued setting found for key [${name}]${where}`)
}

function listed(value: unknown, name: string): string {
  if (value !== null && typeof value !== 'object') return String(value)
  throw new ConfigError(`the setting [${name}] is a list of something else than values`)
}
