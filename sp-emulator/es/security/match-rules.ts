import { normaliseDn } from './distinguished-name.ts'
import { isPattern, matchesPattern } from './pattern.ts'
import type { FieldValue, Rule } from './rules.ts'

/** What is known of somebody who logs in, under the names that rules use: `username`, `dn`, `groups`, `realm.name`, `metadata.<key>`. */
export interface UserData {
  readonly username: string
  readonly dn: string | null
  readonly groups: readonly string[]
  readonly metadata: Readonly<Record<string, unknown>>
  /** The name of the realm that authenticated them. */
  readonly realm: string
}

/** Whether the user fits the rule (es:RoleMapperExpression). */
export function matchesRule(rule: Rule, user: UserData): boolean {
  switch (rule.kind) {
    case 'any':
      return rule.rules.some((each) => matchesRule(each, user))
    case 'all':
      return rule.rules.every((each) => matchesRule(each, user))
    case 'except':
      return !matchesRule(rule.rule, user)
    case 'field':
      return rule.values.some((value) => matchesField(rule.field, value, user))
  }
}

function matchesField(field: string, value: FieldValue, user: UserData): boolean {
  switch (field) {
    case 'username':
      return matchesValue(user.username, value)
    case 'realm.name':
      return matchesValue(user.realm, value)
    case 'dn':
      return user.dn === null ? value === null : matchesName(user.dn, value)
    case 'groups':
      return user.groups.some((group) => matchesName(group, value))
    default:
      return matchesValue(metadataOf(field, user), value)
  }
}

/** A field that the user does not have equals null. */
function metadataOf(field: string, { metadata }: UserData): unknown {
  const key = field.startsWith('metadata.') ? field.slice('metadata.'.length) : undefined
  return key !== undefined && Object.hasOwn(metadata, key) ? (metadata[key] ?? null) : null
}

function matchesValue(actual: unknown, value: FieldValue): boolean {
  if (Array.isArray(actual)) return actual.some((each) => matchesValue(each, value))
  if (typeof actual === 'string' && typeof value === 'string' && isPattern(value)) return matchesPattern(value, actual)
  return actual === value
}

/** Group names and DNs are equal in any case, and DNs in any spelling (es:UserRoleMapper.DistinguishedNamePredicate). */
function matchesName(name: string, value: FieldValue): boolean {
  if (typeof value !== 'string') return false
  const dn = normaliseDn(name)
  if (!isPattern(value)) {
    return name.toLowerCase() === value.toLowerCase() || (dn !== undefined && dn === normaliseDn(value))
  }
  const spellings = [name, dn, name.toLowerCase(), name.toUpperCase()]
  return spellings.some((each) => each !== undefined && matchesPattern(value, each)) || isBelow(dn, value)
}

/** `*,dc=example,dc=com` means everything in that subtree, however it is spelt. */
function isBelow(dn: string | undefined, pattern: string): boolean {
  if (dn === undefined || !pattern.startsWith('*,') || pattern.includes('*', 1)) return false
  const suffix = normaliseDn(pattern.slice(2))
  return suffix !== undefined && dn.endsWith(`,${suffix}`)
}
