import { defaultPlaces } from '../default-world.ts'
import type { Role, RoleOptions } from './role-options.ts'

/** Where a party listens. */
export interface Place {
  readonly role: Role
  /** Of an application or partner: its name. */
  readonly name: string
  readonly hostname: string
  readonly port: number
}

/** The names of those of whom there may be several. */
export interface Names {
  readonly applications: readonly string[]
  readonly partners: readonly string[]
}

interface Named {
  readonly name: string
}

export const namesOf = (parties: { applications: readonly Named[]; partners: readonly Named[] }): Names => ({
  applications: parties.applications.map(({ name }) => name),
  partners: parties.partners.map(({ name }) => name),
})

type PlaceOptions = Pick<RoleOptions, 'idpPort' | 'esPort' | 'appPort' | 'partnerPort'>

/**
 * The first application and the first partner have the port of the role, each further one the next; 0 is a free one for each. Partners that nobody gave a port are behind
 * the applications.
 */
export function placesOf(
  options: PlaceOptions,
  { applications, partners, hostname }: Names & { hostname: (usual: string) => string },
): readonly Place[] {
  const { idp, es, app, partner } = defaultPlaces
  const { idpPort = idp.port, esPort = es.port, appPort = app.port } = options
  const several = (role: Role, first: number) => (name: string, index: number) => {
    return { role, name, hostname: hostname(`${name}.localhost`), port: first === 0 ? 0 : first + index }
  }
  const apps = applications.map(several('app', appPort))
  const isTaken = apps.some(({ port }) => port === partner.port)
  const partnerPort = options.partnerPort ?? (isTaken ? appPort + apps.length : partner.port)
  return [
    { role: 'idp', name: 'idp', hostname: hostname(idp.hostname), port: idpPort },
    { role: 'es', name: 'es', hostname: hostname(es.hostname), port: esPort },
    ...apps,
    ...partners.map(several('partner', partnerPort)),
  ]
}
