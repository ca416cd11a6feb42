import { matchesRule, type UserData } from './match-rules.ts'
import type { RoleMapping } from './role-mapping.ts'

/** The roles of every enabled mapping that the user fits, each once; none when no mapping fits (spec §6.3, case 93). */
export function mapRoles(user: UserData, mappings: readonly RoleMapping[]): readonly string[] {
  const fitting = mappings.filter(({ enabled, rules }) => enabled && matchesRule(rules, user))
  return [...new Set(fitting.flatMap(({ roles }) => roles))]
}
