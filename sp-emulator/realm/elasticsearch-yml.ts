import { ConfigError } from '#server/config'
import { parseTimeWithin, type TimeLimits } from './time-value.ts'

/** The settings of one realm as they stand in the file, names relative to `xpack.security.authc.realms.saml.<name>.`. */
export interface RealmSettings {
  readonly name: string
  /** The full name of the realm's section, for messages. */
  readonly section: string
  readonly values: ReadonlyMap<string, SettingValue>
}

export type SettingValue = string | readonly string[]

/** What is read of an `elasticsearch.yml`; the rest of the file belongs to other parts of a node. */
export interface NodeSettings {
  readonly realms: readonly RealmSettings[]
  /** Realms of other types, such as `native`: what they are called and where in the chain they stand. */
  readonly otherRealms: readonly RealmPlace[]
  /** `xpack.security.authc.token.timeout`, undefined when not set. */
  readonly tokenTimeoutMs: number | undefined
  /** `xpack.security.authc.token.delete.interval`, undefined when not set. */
  readonly tokenDeleteIntervalMs: number | undefined
}

interface RealmPlace {
  readonly type: string
  readonly name: string
  readonly order: string | undefined
}

const authc = 'xpack.security.authc.'
const allRealms = `${authc}realms.`
const samlRealms = `${allRealms}saml.`
const tokenEnabled = `${authc}token.enabled`
const tokenTimeout = `${authc}token.timeout`
const tokenDeleteInterval = `${authc}token.delete.interval`

/**
 * Reads a parsed `elasticsearch.yml` in which keys may be nested, dotted, or both.
 * @throws ConfigError that names the setting when its place or value is wrong, or security tokens are switched off.
 */
export function parseElasticsearchYml(document: unknown): NodeSettings {
  const flat = flatten(document)
  const settings = new Map(flat)
  if (settings.size !== flat.length) throw new ConfigError(`the setting [${firstTwice(flat)}] is given twice`)
  if (settings.get(tokenEnabled) === 'false') {
    throw new ConfigError(`SAML requires that the token service be enabled (${tokenEnabled})`)
  }
  return {
    realms: realmsIn(settings),
    otherRealms: otherRealmsIn(settings),
    tokenTimeoutMs: timeIn(settings, tokenTimeout, { atLeast: '1s', atMost: '1h' }),
    tokenDeleteIntervalMs: timeIn(settings, tokenDeleteInterval, {}),
  }
}

function timeIn(settings: ReadonlyMap<string, SettingValue>, name: string, limits: TimeLimits): number | undefined {
  const value = settings.get(name)
  return value === undefined ? undefined : parseTimeWithin(name, value, limits)
}

function firstTwice(flat: readonly (readonly [string, SettingValue])[]): string {
  const names = flat.map(([name]) => name)
  return names.find((name, index) => names.indexOf(name) !== index) ?? ''
}

function realmsIn(settings: ReadonlyMap<string, SettingValue>): RealmSettings[] {
  return [...realmsUnder(samlRealms, settings)].map(([name, values]) => {
    return { name: checkName(name), section: `${samlRealms}${name}`, values }
  })
}

/** A name with anything else in it is not that of a realm, and what stands under it no setting. */
function checkName(name: string): string {
  if (/^[-\w]+$/.test(name)) return name
  throw new ConfigError(`unknown setting [${samlRealms}${name}]: the name of a realm has only letters, digits, - and _`)
}

function otherRealmsIn(settings: ReadonlyMap<string, SettingValue>): RealmPlace[] {
  const names = [...settings.keys()].filter((name) => name.startsWith(allRealms) && !name.startsWith(samlRealms))
  const types = new Set(names.map((name) => name.slice(allRealms.length).split('.')[0] ?? ''))
  return [...types].flatMap((type) =>
    [...realmsUnder(`${allRealms}${type}.`, settings)]
      .filter(([, values]) => values.get('enabled') !== 'false')
      .map(([name, values]) => ({ type, name, order: values.get('order')?.toString() })),
  )
}

function realmsUnder(
  prefix: string,
  settings: ReadonlyMap<string, SettingValue>,
): ReadonlyMap<string, ReadonlyMap<string, SettingValue>> {
  const realms = new Map<string, Map<string, SettingValue>>()
  for (const [name, value] of settings) {
    if (!name.startsWith(prefix)) continue
    const [realm = '', ...rest] = name.slice(prefix.length).split('.')
    if (rest.length === 0) throw new ConfigError(`[${name}] must hold the settings of a realm`)
    const values = realms.get(realm) ?? new Map<string, SettingValue>()
    realms.set(realm, values.set(rest.join('.'), value))
  }
  return realms
}

type Flat = (readonly [string, SettingValue])[]

function flatten(value: unknown, path = ''): Flat {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return [[path, value.map(String)]]
  if (typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`))
}
