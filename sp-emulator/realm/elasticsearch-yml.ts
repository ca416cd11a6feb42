import { ConfigError, nearest } from '#server/config'

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
  /** `xpack.security.authc.token.timeout`, undefined when not set. */
  readonly tokenTimeoutMs: number | undefined
}

const authc = 'xpack.security.authc.'
const samlRealms = `${authc}realms.saml.`
const tokenEnabled = `${authc}token.enabled`
const tokenTimeout = `${authc}token.timeout`

/**
 * Reads a parsed `elasticsearch.yml` in which keys may be nested, dotted, or both.
 * @throws ConfigError that names the setting when its place or value is wrong, or security tokens are switched off.
 */
export function parseElasticsearchYml(document: unknown): NodeSettings {
  const flat = flatten(document)
  const settings = new Map(flat)
  if (settings.size !== flat.length) throw new ConfigError(`the setting [${firstTwice(flat)}] is given twice`)
  if (settings.get(tokenEnabled) === 'false') {
    throw new ConfigError(`SAML realms need tokens, but [${tokenEnabled}] is [false]`)
  }
  return { realms: realmsIn(settings), tokenTimeoutMs: tokenTimeoutIn(settings) }
}

/** From one second to one hour, as a node has it (spec §7.1). */
function tokenTimeoutIn(settings: ReadonlyMap<string, SettingValue>): number | undefined {
  const value = settings.get(tokenTimeout)
  if (value === undefined) return undefined
  const timeoutMs = parseDuration(tokenTimeout, value)
  if (timeoutMs >= 1_000 && timeoutMs <= 3_600_000) return timeoutMs
  throw new ConfigError(`the setting [${tokenTimeout}] is [${String(value)}], expected a time from [1s] to [1h]`)
}

function firstTwice(flat: readonly (readonly [string, SettingValue])[]): string {
  const names = flat.map(([name]) => name)
  return names.find((name, index) => names.indexOf(name) !== index) ?? ''
}

function realmsIn(settings: ReadonlyMap<string, SettingValue>): RealmSettings[] {
  const realms = new Map<string, Map<string, SettingValue>>()
  for (const [name, value] of settings) {
    if (!name.startsWith(samlRealms)) continue
    const [realm = '', ...rest] = name.slice(samlRealms.length).split('.')
    if (rest.length === 0) throw new ConfigError(`[${name}] must hold the settings of a realm`)
    const values = realms.get(realm) ?? new Map<string, SettingValue>()
    realms.set(realm, values.set(rest.join('.'), value))
  }
  return [...realms].map(([name, values]) => ({ name, section: `${samlRealms}${name}`, values }))
}

type Flat = (readonly [string, SettingValue])[]

function flatten(value: unknown, path = ''): Flat {
  if (value === null || value === undefined) return []
  if (Array.isArray(value)) return [[path, value.map(String)]]
  if (typeof value !== 'object') return [[path, String(value)]]
  return Object.entries(value).flatMap(([key, inner]) => flatten(inner, path === '' ? key : `${path}.${key}`))
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/**
 * A duration such as `3m`, or `0`, in milliseconds.
 * @throws ConfigError naming the setting.
 */
export function parseDuration(setting: string, value: SettingValue): number {
  if (value === '0') return 0
  const [, amount, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(String(value)) ?? []
  const unitMs = unitsMs[unit ?? '']
  if (unitMs === undefined) {
    throw new ConfigError(`failed to parse setting [${setting}] with value [${String(value)}] as a time value`)
  }
  return Number(amount) * unitMs
}

/** @throws ConfigError for a setting that is not in `known`, with the nearest that is. */
export function checkKnownSettings({ section, values }: RealmSettings, known: readonly string[]): void {
  for (const name of values.keys()) {
    if (known.includes(name)) continue
    const suggestion = nearest(name, known)
    const hint = suggestion === undefined ? '' : `, did you mean [${section}.${suggestion}]?`
    throw new ConfigError(`unknown setting [${section}.${name}]${hint}`)
  }
}
