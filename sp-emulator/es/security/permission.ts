import { type ClusterAction, grantsAction, holdsClusterPrivilege } from './cluster-privilege.ts'
import { holdsIndexPrivilege } from './index-privileges.ts'
import { matchesPattern } from './pattern.ts'
import type { Role } from './role.ts'

/** What somebody may do. Every layer must allow it: a user has one, an API key also that of its owner. */
export type Permission = readonly (readonly Role[])[]

export function mayAct(permission: Permission, action: ClusterAction): boolean {
  return permission.every((roles) => roles.some(({ cluster }) => cluster.some((each) => grantsAction(each, action))))
}

/** Whether the user is one that somebody may run as (es:RunAsPermission). */
export function mayRunAs(permission: Permission, username: string): boolean {
  return permission.every((roles) => roles.some(({ runAs }) => runAs.some((each) => matchesPattern(each, username))))
}

export function hasClusterPrivilege(permission: Permission, asked: string): boolean {
  return permission.every((roles) => {
    const held = roles.flatMap(({ cluster }) => cluster)
    return holdsClusterPrivilege(held, asked)
  })
}

/** Whether the privilege holds over everything that an index name or pattern stands for. */
export function hasIndexPrivilege(permission: Permission, index: string, asked: string): boolean {
  return permission.every((roles) => {
    const entries = roles.flatMap(({ indices }) => indices)
    const covering = entries.filter(({ names }) => names.some((name) => coversName(name, index)))
    const held = covering.flatMap(({ privileges }) => privileges)
    return holdsIndexPrivilege(held, asked)
  })
}

interface ApplicationPrivilege {
  readonly application: string
  readonly privilege: string
  readonly resource: string
}

export function hasApplicationPrivilege(permission: Permission, asked: ApplicationPrivilege): boolean {
  return permission.every((roles) =>
    roles
      .flatMap(({ applications }) => applications)
      .some(
        ({ application, privileges, resources }) =>
          coversName(application, asked.application) &&
          privileges.some((each) => coversName(each, asked.privilege)) &&
          resources.some((each) => coversName(each, asked.resource)),
      ),
  )
}

/** A star in what is asked is a character like another, which only a star can cover. */
function coversName(granted: string, asked: string): boolean {
  return granted === asked || (granted.includes('*') && matchesPattern(granted, asked))
}
