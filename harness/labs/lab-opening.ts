import { type Fetch, type Listener, starting } from '#server/serve'
import type { Opening } from '../roles/opening.ts'
import type { Names } from '../roles/places.ts'
import type { Role } from '../roles/role-options.ts'

/** A socket of the server: what a request that comes there is meant for unless its host says otherwise. */
export interface Door {
  readonly role: Role
  readonly url: string
}

/** The places of a lab: no sockets of its own, but paths below those of the server. */
export interface LabOpening {
  readonly opening: Opening
  /** Who is meant by a request that comes to this door and names this host; undefined when that is nobody. */
  readonly find: (door: Door, hostname: string) => Fetch | undefined
}

/**
 * Opens places for the parties of a lab below `prefix`. An application or partner is at `<its name>.localhost`, on the port of the server's first application, else of its IdP, unless the server has one of
 * that name, whose public address it shares (`spec/contract.md` §2.9).
 */
export function openBelow(
  server: Opening,
  { applications, partners }: Names,
  { prefix, runs }: { readonly prefix: string; readonly runs: (role: Role) => boolean },
): LabOpening {
  const mounted = new Map<string, Fetch>()
  const { urls } = server
  const [firstApp = urls.idp] = [...server.apps.keys()].map((name) => urls.apps.get(name) ?? urls.idp)
  const below = (url: string) => url.replace(/\/+$/, '') + prefix
  const listener = (name: string, at: Listener | undefined): Listener | undefined => {
    if (at !== undefined) mounted.set(name, starting)
    return at && { ...at, mount: (fetch) => void mounted.set(name, fetch), close: async () => undefined }
  }
  const several = (role: 'app' | 'partner', names: readonly string[]) => {
    const [listeners, known] = role === 'app' ? [server.apps, urls.apps] : [server.partners, urls.partners]
    const own = (name: string) => (listeners.has(name) ? known.get(name) : undefined)
    const listening = runs(role) ? names : []
    return {
      listeners: new Map(
        listening.flatMap((name) => wherever(name, listener(name, listeners.get(name) ?? server.idp))),
      ),
      urls: new Map(names.map((name) => [name, below(own(name) ?? atHost(firstApp, `${name}.localhost`))])),
    }
  }
  const apps = several('app', applications)
  const others = several('partner', partners)
  const byHost = new Map([...others.urls, ...apps.urls].map(([name, url]) => [new URL(url).hostname, name]))
  const [first = partners[0] ?? ''] = applications
  const opening: Opening = {
    idp: listener('idp', server.idp),
    es: listener('es', server.es),
    apps: apps.listeners,
    partners: others.listeners,
    urls: { idp: below(urls.idp), es: below(urls.es), apps: apps.urls, partners: others.urls },
    close: async () => undefined,
  }
  return {
    opening,
    find: ({ role }, hostname) => {
      if (role === 'es') return mounted.get('es')
      return mounted.get(byHost.get(hostname) ?? '') ?? mounted.get(role === 'idp' ? 'idp' : first)
    },
  }
}

const wherever = (name: string, listener: Listener | undefined): readonly (readonly [string, Listener])[] =>
  listener === undefined ? [] : [[name, listener]]

/** The same address at another host. */
function atHost(address: string, hostname: string): string {
  const url = new URL(address)
  url.hostname = hostname
  url.pathname = ''
  return url.origin
}
