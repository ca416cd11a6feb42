import { type Log, silentLog } from '#server/logging'
import type { Listener } from '#server/serve'
import type { Clocks } from '../clocks/clocks.ts'
import { type Admission, closedWithoutToken, isLoopback } from '../control/admission.ts'
import { serveControl } from '../control/control.ts'
import { defaultHost } from '../default-world.ts'
import type { Opening } from './opening.ts'
import type { Role, RoleOptions } from './role-options.ts'
import type { RunningParties } from './running-parties.ts'

/** The control API of a process: the sockets, each of which serves it before its role, and the parties that it works on, of whom none runs yet but whose clocks go. */
export function openControl(
  opening: Opening,
  clocks: Clocks,
  { host = defaultHost, controlToken: token, log = silentLog }: RoleOptions,
): { readonly opening: Opening; readonly parties: RunningParties } {
  const { urls } = opening
  const parties: RunningParties = { partners: new Map(), missing: new Map(), places: placesIn(opening), clocks, log }
  const everyUrl = [urls.idp, urls.es, ...urls.apps.values(), ...urls.partners.values()].filter((url) => url !== '')
  const names = new Set(everyUrl.map((url) => new URL(url).hostname))
  const admission: Admission = { host, token, hostnames: names }
  tellWhetherClosed(admission, log)
  const at = (url: string, listener: Listener): Listener => ({
    ...listener,
    mount: (fetch) => listener.mount(serveControl(fetch, { url, parties, admission })),
  })
  const all = (listeners: ReadonlyMap<string, Listener>, urlOf: ReadonlyMap<string, string>) =>
    new Map([...listeners].map(([name, listener]) => [name, at(urlOf.get(name) ?? '', listener)]))
  return {
    parties,
    opening: {
      ...opening,
      idp: opening.idp && at(urls.idp, opening.idp),
      es: opening.es && at(urls.es, opening.es),
      apps: all(opening.apps, urls.apps),
      partners: all(opening.partners, urls.partners),
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
