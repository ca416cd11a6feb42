import type { Metadata } from './role.ts'
import { type Rule, ruleJson } from './rules.ts'

/** Who gets which roles (es:ExpressionRoleMapping). */
export interface RoleMapping {
  readonly enabled: boolean
  readonly roles: readonly string[]
  readonly rules: Rule
  readonly metadata: Metadata
}

/** A mapping as the API shows it, in a node's order. */
export function roleMappingJson({ enabled, roles, rules, metadata }: RoleMapping): object {
  return { enabled, roles, rules: ruleJson(rules), metadata }
}
