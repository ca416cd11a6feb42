import { ConfigError } from '#server/config'
import { type FlatSettings, flattenSettings, type SettingsFile } from './flat-settings.ts'
import { type PlacedRealm, type RealmKeys, readRealmKeys } from './realm-keys.ts'
import { parseTimeWithin, type TimeLimits } from './time-value.ts'

/** The settings of one realm, names relative to its section: `xpack.security.authc.realms.saml.<name>`, before 7.0 without the type. */
export interface RealmSettings {
  readonly name: string
  /** The full name of the realm's section, for messages. */
  readonly section: string
  readonly values: FlatSettings
}

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
const tokenEnabled = `${authc}token.enabled`
const tokenTimeout = `${authc}token.timeout`
const tokenDeleteInterval = `${authc}token.delete.interval`

interface Reading extends SettingsFile {
  /** How the node's version writes the keys of realms; with the type unless given. */
  readonly realmKeys?: RealmKeys | undefined
}

/**
 * Reads a parsed `elasticsearch.yml` in which keys may be nested, dotted, or both, and values may name variables of the environment.
 * @throws ConfigError that names the setting when its place or value is wrong, or security tokens are switched off.
 */
export function parseElasticsearchYml(document: unknown, { realmKeys = 'typed', ...file }: Reading = {}): NodeSettings {
  const settings = flattenSettings(document, file)
  if (settings.get(tokenEnabled) === 'false') {
    throw new ConfigError(`SAML requires that the token service be enabled (${tokenEnabled})`)
  }
  const realms = readRealmKeys(settings, realmKeys)
  return {
    realms: realms.filter(({ type }) => type === 'saml').map(samlRealm),
    otherRealms: realms
      .filter(({ type, values }) => type !== 'saml' && values.get('enabled') !== 'false')
      .map(realmPlace),
    tokenTimeoutMs: timeIn(settings, tokenTimeout, { atLeast: '1s', atMost: '1h' }),
    tokenDeleteIntervalMs: timeIn(settings, tokenDeleteInterval, {}),
  }
}

/** A name with anything else in it is not that of a realm, and what stands under it no setting. */
function samlRealm({ name, section, values }: PlacedRealm): RealmSettings {
  if (/^[-\w]+$/.test(name)) return { name, section, values }
  throw new ConfigError(`unknown setting [${section}]: the name of a realm has only letters, digits, - and _`)
}

function realmPlace({ type, name, values }: PlacedRealm): RealmPlace {
  return { type, name, order: values.get('order')?.toString() }
}

function timeIn(settings: FlatSettings, name: string, limits: TimeLimits): number | undefined {
  const value = settings.get(name)
  return value === undefined ? undefined : parseTimeWithin(name, value, limits)
}
