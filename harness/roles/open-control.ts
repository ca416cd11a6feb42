import { type Log, silentLog } from '#server/logging'
import type { Fetch, Listener } from '#server/serve'
import { type Admission, closedWithoutToken, isLoopback } from '../control/admission.ts'
import { serveControl } from '../control/control.ts'
import { defaultHost } from '../default-world.ts'
import type { Door } from '../labs/lab-opening.ts'
import { serveLabs } from '../labs/serve-labs.ts'
import type { LoadedWorld } from '../world/load-world.ts'
import type { Opening } from './opening.ts'
import type { Role, RoleOptions } from './role-options.ts'
import type { Labs, RunningParties } from './running-parties.ts'

/** The control API of a process: the sockets, each of which serves it before its role, and the parties that it works on, of whom none runs yet but whose clocks go. */
export function openControl(
  opening: Opening,
  { given, clocks, faults, store }: Pick<LoadedWorld, 'given' | 'clocks' | 'faults' | 'store'>,
  { host = defaultHost, controlToken: token, log = silentLog }: RoleOptions,
  labs?: Labs,
): { readonly opening: Opening; readonly parties: RunningParties } {
  const { urls } = opening
  const parties: RunningParties = {
    given,
    apps: new Map(),
    partners: new Map(),
    missing: new Map(),
    places: placesIn(opening),
    clocks,
    faults,
    journal: store.journal,
    replicas: store.replicas,
    log,
    ...(labs && { labs }),
  }
  const everyUrl = [urls.idp, urls.es, ...urls.apps.values(), ...urls.partners.values()].filter((url) => url !== '')
  const names = new Set(everyUrl.map((url) => new URL(url).hostname))
  const admission: Admission = { host, token, hostnames: names }
  tellWhetherClosed(admission, log)
  const serve = (fetch: Fetch, door: Door): Fetch => {
    const controlled = serveControl(fetch, { url: door.url, parties, admission })
    return labs === undefined ? controlled : serveLabs(controlled, door, labs)
  }
  const at = (role: Role, url: string, listener: Listener): Listener => ({
    ...listener,
    mount: (fetch) => listener.mount(serve(fetch, { role, url })),
  })
  const all = (role: Role, listeners: ReadonlyMap<string, Listener>, urlOf: ReadonlyMap<string, string>) =>
    new Map([...listeners].map(([name, listener]) => [name, at(role, urlOf.get(name) ?? '', listener)]))
  return {
    parties,
    opening: {
      ...opening,
      idp: opening.idp && at('idp', urls.idp, opening.idp),
      es: opening.es && at('es', urls.es, opening.es),
      apps: all('app', opening.apps, urls.apps),
      partners: all('partner', opening.partners, urls.partners),
    },
  }
}

function placesIn({ idp, es, apps, partners, urls }: Opening): RunningParties['places'] {
  const of = (role: Role, listeners: ReadonlyMap<string, Listener>, found: ReadonlyMap<string, string>) =>
    [...listeners.keys()].map((name) => ({ name, role, url: found.get(name) ?? '' }))
  return [
    ...(idp === undefined ? [] : [{ name: 'idp', role: 'idp', url: urls.idp } as const]),
    ...(es === undefined ? [] : [{ name: 'es', role: 'es', url: urls.es } as const]),
    ...of('app', apps, urls.apps),
    ...of('partner', partners, urls.partners),
  ]
}

function tellWhetherClosed({ host, token }: Admission, log: Log): void {
  if (token === undefined && !isLoopback(host)) log.warn({ code: 'CONTROL_CLOSED', host }, closedWithoutToken(host))
}
