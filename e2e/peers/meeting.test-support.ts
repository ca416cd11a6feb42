import { test as base } from 'playwright/test'
import type { World } from 'sloop'
import { ask } from './ask.test-support.ts'
import type { Peer, PeerKind, PeerStart } from './peer.test-support.ts'
import { freePort, makeCertificate, makePlace, type Place } from './place.test-support.ts'
import { becomesReady, startSloop } from './sloop.test-support.ts'

export type Way = 'redirect' | 'post' | 'soap'

interface Guest {
  readonly kind: PeerKind
  /** How our IdP asks it for a logout. */
  readonly logoutBy?: Way
  readonly tolerate?: readonly 'unsigned'[]
}

interface Host {
  /** The one way in which our IdP takes logout messages; every way unless said otherwise. */
  readonly takes?: Way
  /** Behind https, with the certificate of its signatures, since service providers know that one from its metadata. */
  readonly isSecure?: boolean
}

interface Meeting<Guests> {
  readonly idpUrl: string
  /** In the order of the guests. */
  readonly peers: { readonly [I in keyof Guests]: Peer }
}

export type Close = (closing: () => Promise<void> | void) => void
type Meet = <const Guests extends readonly Guest[]>(guests: Guests, host?: Host) => Promise<Meeting<Guests>>

/** A test with guests: whatever it started is stopped in the end, the last one first. */
export const test = base.extend<{ close: Close; meet: Meet }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads in it what a fixture needs
  close: async ({}, use) => {
    const closings: Parameters<Close>[0][] = []
    await use((closing) => void closings.unshift(closing))
    for (const closing of closings) await closing()
  },
  meet: ({ close }, use) => use((guests, host = {}) => meet({ guests, host, close })),
})

interface Invitation<Guests> {
  readonly guests: Guests
  readonly host: Host
  readonly close: Close
}

/** Our IdP and its service providers, each with the metadata of the other. */
async function meet<Guests extends readonly Guest[]>({
  guests,
  host,
  close,
}: Invitation<Guests>): Promise<Meeting<Guests>> {
  const place = newPlace('idp', close)
  makeCertificate(place, 'tls', ['idp.localhost', ...guests.map(({ kind }) => kind.host)])
  const seats = await Promise.all(guests.map((guest) => takeSeat(guest, place, close)))
  const { idp, idpUrl } = await startHost({ place, seats, host })
  close(idp.stop)
  const { body: metadata = '' } = (await ask(`${idpUrl}/metadata`)) ?? {}
  const peers: Peer[] = []
  for (const { guest, how } of seats) {
    const peer = await guest.kind.start({ ...how, idp: { entityId: `${idpUrl}/metadata`, metadata } })
    close(peer.stop)
    peers.push(peer)
  }
  await becomesReady(idp, idpUrl)
  return { idpUrl, peers: peers as unknown as Meeting<Guests>['peers'] }
}

interface Seat {
  readonly guest: Guest
  readonly how: Omit<PeerStart, 'idp'>
}

async function takeSeat(guest: Guest, { read }: Place, close: Close): Promise<Seat> {
  const { name, host } = guest.kind
  const place = newPlace(name, close)
  for (const file of ['tls.key', 'tls.crt']) place.write(file, read(file))
  const port = await freePort()
  return { guest, how: { place, host, port, url: `https://${host}:${port}` } }
}

interface HostStart {
  readonly place: Place
  readonly seats: readonly Seat[]
  readonly host: Host
}

async function startHost({ place, seats, host: { takes, isSecure = false } }: HostStart) {
  const port = await freePort()
  const idpUrl = `${isSecure ? 'https' : 'http'}://idp.localhost:${port}`
  const [certificate, privateKey] = [place.path('tls.crt'), place.path('tls.key')]
  const world: World = {
    serviceProviders: seats.map(({ guest: { kind, ...ways }, how }) => {
      return {
        ...ways,
        tolerate: ways.tolerate && [...ways.tolerate],
        name: kind.name,
        metadata: `${how.url}${kind.metadataPath}`,
      }
    }),
    ...(takes !== undefined && { idp: { singleLogout: [{ binding: takes }] } }),
    ...(isSecure && { keys: { certificate, privateKey } }),
  }
  const tls = isSecure ? ['--tls-cert', certificate, '--tls-key', privateKey] : []
  const args = ['idp', '--idp-port', String(port), ...tls]
  return { idp: await startSloop({ place, world, args, url: `${idpUrl}/metadata` }), idpUrl }
}

export function newPlace(name: string, close: Close): Place {
  const place = makePlace(name)
  close(place.remove)
  return place
}
