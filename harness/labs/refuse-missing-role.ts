import type { Role } from '../roles/role-options.ts'
import type { World } from '../world/world.ts'

/** A world needs a role that this process does not run. */
export class MissingRole extends Error {
  override readonly name = 'MissingRole'
  readonly path: string
  readonly role: Role
  readonly running: readonly Role[]

  constructor(path: string, role: Role, running: readonly Role[]) {
    const here = running.map((each) => called[each]).join(' and ')
    super(`${path === '' ? 'a lab' : path}: needs ${called[role]}, and here runs only ${here}`)
    this.path = path
    this.role = role
    this.running = running
  }
}

const called: Readonly<Record<Role, string>> = {
  idp: 'an IdP',
  es: 'an Elasticsearch',
  app: 'an application',
  partner: 'a partner',
}

/** Who a key of the world is for. All else is for the IdP, which every lab has. */
const roleOf: Readonly<Partial<Record<keyof World, Role>>> = {
  es: 'es',
  roleMappings: 'es',
  realms: 'es',
  applications: 'app',
  partners: 'partner',
}

/** @throws MissingRole of the first key whose role does not run here */
export function refuseMissingRole(world: World, running: readonly Role[]): void {
  if (!running.includes('idp')) throw new MissingRole('', 'idp', running)
  for (const [key, role] of Object.entries(roleOf)) {
    const value = world[key as keyof World]
    const isNobody = value === undefined || (Array.isArray(value) && value.length === 0)
    if (!isNobody && !running.includes(role)) throw new MissingRole(key, role, running)
  }
}
