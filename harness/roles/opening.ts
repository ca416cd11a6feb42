import { type Listener, listen, type TlsIdentity } from '#server/serve'
import { defaultHost, defaultPlaces } from '../default-world.ts'
import { everyRole, type Role, type RoleOptions } from './role-options.ts'

/** The sockets of the parties that run, open before any of them exists, and where every party of this world is found. */
export interface Opening {
  readonly idp: Listener | undefined
  readonly es: Listener | undefined
  /** By the name of the application. */
  readonly apps: ReadonlyMap<string, Listener>
  /** Also of parties that run elsewhere. */
  readonly urls: { readonly idp: string; readonly es: string; readonly apps: ReadonlyMap<string, string> }
  /** Stops listening and lets answers under way finish. */
  close(): Promise<void>
}

interface Place {
  readonly role: Role
  /** Of an application: its name. */
  readonly name: string
  readonly hostname: string
  readonly port: number
}

/** Opens sockets for the roles that run, and for each of these applications. @throws ConfigError when a port cannot be had; then none stays open. */
export async function openSockets(
  options: RoleOptions,
  applications: readonly string[],
  tls?: TlsIdentity,
): Promise<Opening> {
  const { roles = everyRole, host = defaultHost } = options
  const places = placesOf(options, applications)
  const opening = places
    .filter(({ role }) => roles.includes(role))
    .map(async (place) => ({ ...place, listener: await listen({ host, port: place.port, tls }) }))
  const outcomes = await Promise.allSettled(opening)
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const closeThose = (isMeant: (role: Role) => boolean) =>
    Promise.all(opened.map(({ role, listener }) => isMeant(role) && listener.close()))
  // The application answers with what it asks of Elasticsearch.
  const close = async () => {
    await closeThose((role) => role !== 'es')
    await closeThose((role) => role === 'es')
  }
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  const listenerOf = (wanted: string) => opened.find(({ name }) => name === wanted)?.listener
  const urlOf = ({ name, hostname, port }: Place) =>
    options.publicUrls?.[name] ??
    listenerOf(name)?.origin(hostname) ??
    `${tls === undefined ? 'http' : 'https'}://${hostname}:${port}`
  const url = new Map(places.map((place) => [place.name, urlOf(place)]))
  return {
    idp: listenerOf('idp'),
    es: listenerOf('es'),
    apps: new Map(opened.flatMap(({ role, name, listener }) => (role === 'app' ? [[name, listener] as const] : []))),
    urls: {
      idp: url.get('idp') ?? '',
      es: options.esUrl ?? url.get('es') ?? '',
      apps: new Map(applications.map((name) => [name, url.get(name) ?? ''])),
    },
    close,
  }
}

/** The first application has the port of the role, each further one the next; 0 is a free one for each. */
function placesOf(options: RoleOptions, applications: readonly string[]): readonly Place[] {
  const hostname = (usual: string) => (options.everyoneAtLocalhost === true ? 'localhost' : usual)
  const ports = { idp: options.idpPort, es: options.esPort, app: options.appPort }
  const portOf = (role: Role) => ports[role] ?? defaultPlaces[role].port
  const single = (role: 'idp' | 'es'): Place => {
    return { role, name: role, hostname: hostname(defaultPlaces[role].hostname), port: portOf(role) }
  }
  const apps = applications.map((name, index): Place => {
    const port = portOf('app') === 0 ? 0 : portOf('app') + index
    return { role: 'app', name, hostname: hostname(`${name}.localhost`), port }
  })
  return [single('idp'), single('es'), ...apps]
}
