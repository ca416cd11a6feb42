import { allows, implies } from './action-patterns.ts'
import { clusterPrivileges, type PrivilegeRow } from './cluster-privileges.ts'

/** An action, and whether it touches nothing but the caller's own API keys. */
export interface ClusterAction {
  readonly name: string
  readonly onOwnApiKeys?: boolean | undefined
}

const rows: ReadonlyMap<string, PrivilegeRow> = new Map(Object.entries(clusterPrivileges))
const ownApiKeys = 'manage_own_api_key'
const anyClusterAction = clusterPrivileges.all

/** A privilege by its name, in any case, or by a pattern over actions; undefined when it is neither (es:ClusterPrivilegeResolver). */
export function findClusterPrivilege(name: string): PrivilegeRow | undefined {
  const lower = name.toLowerCase()
  if (allows(anyClusterAction, lower)) return { grants: [lower.endsWith('*') ? lower : `${lower}*`] }
  return rows.get(lower)
}

/** Whether the privilege of this name lets the action pass. */
export function grantsAction(privilege: string, { name, onOwnApiKeys = false }: ClusterAction): boolean {
  const row = findClusterPrivilege(privilege)
  if (row === undefined || (privilege.toLowerCase() === ownApiKeys && !onOwnApiKeys)) return false
  return allows(row, name)
}

/** The names of the privileges that let the action pass, weakest first, as a 403 lists them. */
export function privilegesThatGrant(action: ClusterAction): readonly string[] {
  return [...rows.keys()].filter((name) => grantsAction(name, action))
}

/** Whether who holds these privileges has the one that is asked about. */
export function holdsClusterPrivilege(held: readonly string[], asked: string): boolean {
  const row = findClusterPrivilege(asked)
  if (row === undefined) return false
  const broad = held.filter((name) => name.toLowerCase() !== ownApiKeys || asked.toLowerCase() === ownApiKeys)
  return implies(
    broad.flatMap((name) => findClusterPrivilege(name) ?? []),
    row,
  )
}

/** What is said of a name that is no privilege. */
export function unknownClusterPrivilege(name: string): string {
  return (
    `unknown cluster privilege [${name.toLowerCase()}]. a privilege must be either one of the predefined cluster privilege names ` +
    `[${[...rows.keys()].join(',')}] or a pattern over one of the available cluster actions`
  )
}
