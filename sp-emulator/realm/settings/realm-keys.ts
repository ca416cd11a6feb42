import { ConfigError } from '#server/config'
import type { FlatSettings, SettingValue } from './flat-settings.ts'

/** Whether the type of a realm stands in the names of its settings, as from 7.0 on, or is one of them (`type: saml`). */
export type RealmKeys = 'typed' | 'untyped'

/** A realm of any type, and where it stands in the file. */
export interface PlacedRealm {
  readonly type: string
  readonly name: string
  readonly section: string
  /** Names relative to the section. */
  readonly values: FlatSettings
}

const prefix = 'xpack.security.authc.realms.'

/** The realms in the settings of a node. @throws ConfigError in the words of a node when they are written as another version writes them. */
export function readRealmKeys(settings: FlatSettings, keys: RealmKeys): readonly PlacedRealm[] {
  const own = [...settings].filter(([name]) => name.startsWith(prefix))
  return keys === 'typed' ? typedRealms(own) : untypedRealms(own)
}

type Entries = readonly (readonly [name: string, value: SettingValue])[]

function typedRealms(settings: Entries): readonly PlacedRealm[] {
  const wrong = settings.map(([name]) => name).filter((name) => name.slice(prefix.length).split('.').length < 3)
  if (wrong.length > 0) {
    const change = 'Realm settings have been changed to include the type as part of the setting key.'
    const example = `For example '${prefix}file.my_file.order'`
    const advice = 'Please see the breaking changes documentation.'
    throw new ConfigError(
      `Incorrect realm settings found. ${change} ${example} Found invalid config: ${wrong.join(', ')} ${advice}`,
    )
  }
  return [...bySection(settings, 2)].map(([section, values]) => {
    const [type = '', name = ''] = section.slice(prefix.length).split('.')
    return { type, name, section, values }
  })
}

function untypedRealms(settings: Entries): readonly PlacedRealm[] {
  return [...bySection(settings, 1)].map(([section, values]) => {
    const type = values.get('type')
    if (typeof type !== 'string') throw new ConfigError(`missing realm type [${section}.type] for realm`)
    const others = [...values].filter(([name]) => name !== 'type')
    return { type, name: section.slice(prefix.length), section, values: new Map(others) }
  })
}

/** The settings under each section, whose names have so many parts behind the prefix. */
function bySection(settings: Entries, parts: number): ReadonlyMap<string, Map<string, SettingValue>> {
  const sections = new Map<string, Map<string, SettingValue>>()
  for (const [name, value] of settings) {
    const words = name.slice(prefix.length).split('.')
    const section = prefix + words.slice(0, parts).join('.')
    const values = sections.get(section) ?? new Map<string, SettingValue>()
    sections.set(section, values.set(words.slice(parts).join('.'), value))
  }
  return sections
}
