import { type Listener, listen } from '#server/serve'
import { defaultHost, defaultPlaces } from './default-world.ts'
import { everyRole, type Role, type RoleOptions } from './role-options.ts'

/** The sockets of the roles that run, open before any role exists, and where every role of this world is found. */
export interface Opening {
  readonly listeners: Readonly<Partial<Record<Role, Listener>>>
  /** Also of roles that run elsewhere. */
  readonly urls: Readonly<Record<Role, string>>
  /** Stops listening and lets answers under way finish. */
  close(): Promise<void>
}

/** @throws ConfigError when a port cannot be had; then none stays open. */
export async function openSockets(options: RoleOptions): Promise<Opening> {
  const { roles = everyRole, host = defaultHost } = options
  const ports = { idp: options.idpPort, es: options.esPort, app: options.appPort }
  const opening = roles.map(async (role) => {
    return [role, await listen({ host, port: ports[role] ?? defaultPlaces[role].port })] as const
  })
  const outcomes = await Promise.allSettled(opening)
  const opened = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
  const closeThose = (isMeant: (role: Role) => boolean) =>
    Promise.all(opened.map(([role, listener]) => isMeant(role) && listener.close()))
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
  const listeners: Partial<Record<Role, Listener>> = Object.fromEntries(opened)
  return { listeners, urls: urlsOf(listeners, options), close }
}

function urlsOf(listeners: Opening['listeners'], { publicUrls = {}, esUrl }: RoleOptions): Opening['urls'] {
  const urlOf = (role: Role) => {
    const { hostname, port } = defaultPlaces[role]
    return publicUrls[role] ?? listeners[role]?.origin(hostname) ?? `http://${hostname}:${port}`
  }
  return { idp: urlOf('idp'), es: esUrl ?? urlOf('es'), app: urlOf('app') }
}
