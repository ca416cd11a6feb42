import { allows, implies } from './action-patterns.ts'
import type { PrivilegeRow } from './cluster-privileges.ts'

const data = 'indices:data/'
const admin = 'indices:admin/'
const anyIndexAction: PrivilegeRow = { grants: ['indices:*', 'internal:transport/proxy/indices:*'] }

/** The index privileges of a node in as much detail as it takes to say which implies which (es:IndexPrivilege; patterns shortened). */
const rows: ReadonlyMap<string, PrivilegeRow> = new Map<string, PrivilegeRow>([
  ['none', { grants: [] }],
  ['all', anyIndexAction],
  ['auto_configure', { grants: [`${admin}auto_create`, `${admin}mapping/auto_put`, `${admin}mapping/put`] }],
  ['create', { grants: [`${data}write/index*`, `${data}write/bulk*`, `${data}write/simulate/bulk*`] }],
  ['create_doc', { grants: [`${data}write/index*:op_type/create`, `${data}write/bulk*`] }],
  ['create_index', { grants: [`${admin}create`, `${admin}auto_create`, `${admin}data_stream/create`] }],
  ['cross_cluster_replication', { grants: ['indices:internal/admin/ccr/restore/*', `${data}read/xpack/ccr/*`] }],
  ['delete', { grants: [`${data}write/delete*`, `${data}write/bulk*`] }],
  ['delete_index', { grants: [`${admin}delete`, `${admin}data_stream/delete`] }],
  [
    'index',
    { grants: [`${data}write/index*`, `${data}write/bulk*`, `${data}write/simulate/bulk*`, `${data}write/update*`] },
  ],
  ['maintenance', { grants: [`${admin}refresh*`, `${admin}flush*`, `${admin}synced_flush`, `${admin}forcemerge*`] }],
  ['manage', { grants: ['indices:monitor/*', `${admin}*`] }],
  ['manage_data_stream_lifecycle', { grants: [`${admin}data_stream/lifecycle/*`] }],
  ['manage_follow_index', { grants: [`${admin}xpack/ccr/put_follow`, `${admin}xpack/ccr/unfollow`, `${admin}close*`] }],
  ['manage_ilm', { grants: [`${admin}ilm/*`] }],
  ['manage_leader_index', { grants: [`${admin}xpack/ccr/forget_follower*`] }],
  ['monitor', { grants: ['indices:monitor/*'] }],
  ['read', { grants: [`${data}read/*`] }],
  ['read_cross_cluster', { grants: ['internal:transport/proxy/indices:data/read/*', `${admin}shards/search_shards`] }],
  [
    'view_index_metadata',
    { grants: [`${admin}get`, `${admin}mappings/get`, `${admin}aliases/get`, `${admin}resolve/*`] },
  ],
  ['write', { grants: [`${data}write/*`, `${admin}mapping/auto_put`] }],
])

/** A privilege by its name, in any case, or by a pattern over actions; undefined when it is neither. */
export function findIndexPrivilege(name: string): PrivilegeRow | undefined {
  const lower = name.toLowerCase()
  if (allows(anyIndexAction, lower)) return { grants: [lower.endsWith('*') ? lower : `${lower}*`] }
  return rows.get(lower)
}

/** Whether who holds these privileges over an index has the one that is asked about. */
export function holdsIndexPrivilege(held: readonly string[], asked: string): boolean {
  const row = findIndexPrivilege(asked)
  if (row === undefined || held.length === 0) return false
  return implies(
    held.flatMap((name) => findIndexPrivilege(name) ?? []),
    row,
  )
}

/** What is said of a name that is no privilege. */
export function unknownIndexPrivilege(name: string): string {
  return (
    `unknown index privilege [${name.toLowerCase()}]. a privilege must be either one of the predefined fixed indices privileges ` +
    `[${[...rows.keys()].sort().join(',')}] or a pattern over one of the available index actions`
  )
}
