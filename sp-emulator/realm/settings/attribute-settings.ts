import { ConfigError } from '#server/config'
import { type AttributeNames, type RealmConfig, type UserProperty, userProperties } from '../realm-config.ts'
import { compileJavaPattern } from './java-pattern.ts'
import type { SettingReader } from './setting-reader.ts'

type AttributeConfig = Pick<RealmConfig, 'attributes' | 'attributePatterns' | 'groupsDelimiter' | 'privateAttributes'>

/** @throws ConfigError in the words of a node for a combination that makes no sense (spec §6.3). */
export function readAttributeSettings(read: SettingReader): AttributeConfig {
  const attributes: AttributeNames = {
    principal: requiredPrincipal(read),
    groups: read.optional('attributes.groups'),
    name: read.optional('attributes.name'),
    mail: read.optional('attributes.mail'),
    dn: read.optional('attributes.dn'),
  }
  return {
    attributes,
    groupsDelimiter: groupsDelimiter(read),
    attributePatterns: attributePatterns(read),
    privateAttributes: privateAttributes(read, attributes),
  }
}

function requiredPrincipal(read: SettingReader): string {
  const name = read.optional('attributes.principal') ?? ''
  if (name === '') throw new ConfigError(`Setting [${read.fullName('attributes.principal')}] is required`)
  return name
}

function groupsDelimiter(read: SettingReader): string | undefined {
  const delimiter = read.raw('attribute_delimiters.groups')
  if (delimiter === undefined) return undefined
  needsAttribute(read, 'attribute_delimiters.groups', 'groups')
  if (!read.has('attribute_patterns.groups')) return delimiter
  const [pattern, divided] = ['attribute_patterns.groups', 'attribute_delimiters.groups'].map((n) => read.fullName(n))
  throw new ConfigError(`Setting [${pattern}] can not be set when [${divided}] is set`)
}

function needsAttribute(read: SettingReader, setting: string, property: UserProperty): void {
  const attribute = `attributes.${property}`
  if (read.has(attribute)) return
  throw new ConfigError(
    `Setting [${read.fullName(setting)}] cannot be set unless [${read.fullName(attribute)}] is also set`,
  )
}

function attributePatterns(read: SettingReader): Partial<Record<UserProperty, RegExp>> {
  const patterns = userProperties.flatMap((property) => {
    const setting = `attribute_patterns.${property}`
    const pattern = read.raw(setting)
    if (pattern === undefined) return []
    needsAttribute(read, setting, property)
    return [[property, compile(pattern, setting, read)] as const]
  })
  return Object.fromEntries(patterns)
}

function compile(pattern: string, setting: string, read: SettingReader): RegExp {
  try {
    return compileJavaPattern(pattern)
  } catch (cause) {
    throw new ConfigError(
      `the setting [${read.fullName(setting)}] is [${pattern}], which ${(cause as Error).message}`,
      {
        cause,
      },
    )
  }
}

function privateAttributes(read: SettingReader, attributes: AttributeNames): readonly string[] {
  const names = read.list('private_attributes', [])
  const mapped = userProperties.find((property) => names.includes(attributes[property] ?? ''))
  if (mapped === undefined) return names
  throw new ConfigError(
    `SAML Attribute [${attributes[mapped]}] cannot be both configured for [${read.fullName('private_attributes')}] and [${read.fullName(`attributes.${mapped}`)}] settings.`,
  )
}
