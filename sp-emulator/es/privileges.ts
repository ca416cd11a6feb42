/** The transport actions behind the calls, by the names that a node's messages use (spec §1.5). */
export const ACTION = {
  samlPrepare: 'cluster:admin/xpack/security/saml/prepare',
  samlAuthenticate: 'cluster:admin/xpack/security/saml/authenticate',
  samlLogout: 'cluster:admin/xpack/security/saml/logout',
  samlInvalidate: 'cluster:admin/xpack/security/saml/invalidate',
  samlCompleteLogout: 'cluster:admin/xpack/security/saml/complete_logout',
  samlMetadata: 'cluster:monitor/xpack/security/saml/metadata',
  createToken: 'cluster:admin/xpack/security/token/create',
  refreshToken: 'cluster:admin/xpack/security/token/refresh',
  invalidateToken: 'cluster:admin/xpack/security/token/invalidate',
  main: 'cluster:monitor/main',
} as const

export type ActionName = (typeof ACTION)[keyof typeof ACTION]

export type ClusterPrivilege = 'all' | 'manage' | 'manage_saml' | 'manage_security' | 'manage_token' | 'monitor'

/** A role is what it lets its holder do with the cluster; nothing else matters here. */
export type Roles = Readonly<Record<string, readonly ClusterPrivilege[]>>

const samlAdmin = ['manage_saml', 'manage_security', 'all'] as const

/** The privileges that grant each action, weakest first, as a 403 lists them. */
export const grantedBy: Readonly<Record<ActionName, readonly ClusterPrivilege[]>> = {
  [ACTION.samlPrepare]: samlAdmin,
  [ACTION.samlAuthenticate]: samlAdmin,
  [ACTION.samlLogout]: samlAdmin,
  [ACTION.samlInvalidate]: samlAdmin,
  [ACTION.samlCompleteLogout]: samlAdmin,
  [ACTION.samlMetadata]: ['manage_saml', 'monitor', 'manage', 'all'],
  [ACTION.createToken]: ['manage_token', 'manage_security', 'all'],
  [ACTION.refreshToken]: ['manage_saml', 'manage_token', 'manage_security', 'all'],
  [ACTION.invalidateToken]: ['manage_saml', 'manage_token', 'manage_security', 'all'],
  [ACTION.main]: ['monitor', 'manage', 'all'],
}

/** Roles that every cluster has, with the privileges that matter here. */
export const builtInRoles: Roles = {
  superuser: ['all'],
  kibana_system: ['monitor', 'manage_saml', 'manage_token'],
  logstash_system: ['monitor'],
  monitoring_user: ['monitor'],
  kibana_admin: [],
  editor: [],
  viewer: [],
}
