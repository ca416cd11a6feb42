import { type Listener, listen, type TlsIdentity } from '#server/serve'
import { defaultHost } from '../default-world.ts'
import { type Names, type Place, placesOf } from './places.ts'
import { everyRole, type Front, type Role, type RoleOptions } from './role-options.ts'

/** The sockets of the parties that run, open before any of them exists, and where every party of this world is found. */
export interface Opening {
  readonly idp: Listener | undefined
  readonly es: Listener | undefined
  /** By the name of the application or partner. */
  readonly apps: ReadonlyMap<string, Listener>
  readonly partners: ReadonlyMap<string, Listener>
  /** Also of parties that run elsewhere. */
  readonly urls: {
    readonly idp: string
    readonly es: string
    readonly apps: ReadonlyMap<string, string>
    readonly partners: ReadonlyMap<string, string>
  }
  /** Stops listening and lets answers under way finish. */
  close(): Promise<void>
}

/** Opens sockets for the roles that run, and for each of these applications and partners. @throws ConfigError when a port cannot be had; then none stays open. */
export async function openSockets(options: RoleOptions, names: Names, tls?: TlsIdentity): Promise<Opening> {
  const { roles = everyRole, host = defaultHost } = options
  const hostname = (usual: string) => (options.everyoneAtLocalhost === true ? 'localhost' : usual)
  const places = placesOf(options, { ...names, hostname })
  const opening = places
    .filter(({ role }) => roles.includes(role))
    .map((place) => openPlace(place, { ...options, host, tls }))
  const outcomes = await Promise.allSettled(opening)
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const closeThose = (isMeant: (role: Role) => boolean) =>
    Promise.all(opened.map(({ role, listener }) => isMeant(role) && listener.close()))
  // The application answers with what it asks of Elasticsearch.
  const close = async () => {
    for (const { front } of opened) front?.letGo()
    await closeThose((role) => role !== 'es')
    await closeThose((role) => role === 'es')
  }
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed !== undefined) {
    await close()
    throw failed.reason
  }
  const listenersOf = (role: Role) =>
    new Map(opened.filter((each) => each.role === role).map(({ name, listener }) => [name, listener]))
  const listenerOf = (wanted: string) => opened.find(({ name }) => name === wanted)?.listener
  const urlOf = ({ name, hostname, port }: Place) =>
    options.publicUrls?.[name] ??
    listenerOf(name)?.origin(hostname) ??
    `${tls === undefined ? 'http' : 'https'}://${hostname}:${port}`
  const url = new Map(places.map((place) => [place.name, urlOf(place)]))
  const urlsOf = (parties: readonly string[]) => new Map(parties.map((name) => [name, url.get(name) ?? '']))
  return {
    idp: listenerOf('idp'),
    es: listenerOf('es'),
    apps: listenersOf('app'),
    partners: listenersOf('partner'),
    urls: {
      idp: url.get('idp') ?? '',
      es: options.esUrl ?? url.get('es') ?? '',
      apps: urlsOf(names.applications),
      partners: urlsOf(names.partners),
    },
    close,
  }
}

interface OpenPlace extends Place {
  readonly listener: Listener
  readonly front?: Front
}

interface PlaceOptions extends Pick<RoleOptions, 'inFront' | 'store' | 'log'> {
  readonly host: string
  readonly tls: TlsIdentity | undefined
}

async function openPlace(place: Place, options: PlaceOptions): Promise<OpenPlace> {
  const { host, tls, inFront } = options
  const listener = await listenFor(place, options)
  if (inFront === undefined) return { ...place, listener }
  try {
    const front = await inFront({ name: place.name, host, port: listener.port, ...(tls && { tls }) })
    return { ...place, ...(front && { front }), listener: behind(front, listener) }
  } catch (error) {
    await listener.close()
    throw error
  }
}

/** Replicas on one machine cannot all have the port; who stands in front of them is told where each is. */
async function listenFor({ name, port }: Place, { host, tls, store, log }: PlaceOptions): Promise<Listener> {
  try {
    return await listen({ host, port, tls })
  } catch (error) {
    if (store === undefined || !isTaken(error)) throw error
    const listener = await listen({ host, port: 0, tls })
    log?.info(
      { party: name, port: listener.port },
      `port ${port} is taken: this replica of ${name} listens on ${listener.port}`,
    )
    return listener
  }
}

const isTaken = (error: unknown): boolean =>
  ((error as Error).cause as NodeJS.ErrnoException | undefined)?.code === 'EADDRINUSE'

/** A socket that everybody reaches by way of another, where there is one. */
function behind(front: Front | undefined, listener: Listener): Listener {
  if (front === undefined) return listener
  const { port } = front
  const origin = (hostname: string) => {
    const url = new URL(listener.origin(hostname))
    url.port = `${port}`
    return url.origin
  }
  const close = async () => void (await Promise.all([front.close(), listener.close()]))
  return { ...listener, port, origin, close }
}
