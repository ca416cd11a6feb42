import { hasApplicationPrivilege, hasClusterPrivilege, hasIndexPrivilege, type Permission } from './permission.ts'
import type { ApplicationPrivileges } from './role.ts'

export interface PrivilegesToCheck {
  readonly cluster: readonly string[]
  readonly index: readonly { readonly names: readonly string[]; readonly privileges: readonly string[] }[]
  readonly application: readonly ApplicationPrivileges[]
}

type Held = Record<string, boolean>

interface PrivilegesHeld {
  readonly hasAll: boolean
  readonly cluster: Held
  readonly index: Record<string, Held>
  readonly application: Record<string, Record<string, Held>>
}

/** Says of every privilege asked about whether it is held; names come in order (es:HasPrivilegesResponse). */
export function checkPrivileges(permission: Permission, asked: PrivilegesToCheck): PrivilegesHeld {
  const cluster = answerEach(asked.cluster, (privilege) => hasClusterPrivilege(permission, privilege))
  const index = byResource(
    asked.index.flatMap(({ names, privileges }) => names.map((name) => [name, privileges] as const)),
    (name, privilege) => hasIndexPrivilege(permission, name, privilege),
  )
  const applications = new Set(asked.application.map(({ application }) => application))
  const application = sorted([...applications].map((name) => [name, checkApplication(permission, asked, name)]))
  const answers = [cluster, ...Object.values(index), ...Object.values(application).flatMap(Object.values<Held>)]
  const hasAll = answers.every((held) => Object.values(held).every(Boolean))
  return { hasAll, cluster, index, application }
}

function checkApplication(permission: Permission, asked: PrivilegesToCheck, application: string): Record<string, Held> {
  const entries = asked.application.filter((entry) => entry.application === application)
  return byResource(
    entries.flatMap(({ resources, privileges }) => resources.map((resource) => [resource, privileges] as const)),
    (resource, privilege) => hasApplicationPrivilege(permission, { application, privilege, resource }),
  )
}

function byResource(
  asked: readonly (readonly [resource: string, privileges: readonly string[]])[],
  holds: (resource: string, privilege: string) => boolean,
): Record<string, Held> {
  const resources = new Set(asked.map(([resource]) => resource))
  return sorted(
    [...resources].map((resource) => {
      const privileges = asked.filter(([name]) => name === resource).flatMap(([, names]) => names)
      return [resource, answerEach(privileges, (privilege) => holds(resource, privilege))]
    }),
  )
}

function answerEach(names: readonly string[], holds: (name: string) => boolean): Held {
  return sorted([...new Set(names)].map((name) => [name, holds(name)]))
}

function sorted<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)))
}
