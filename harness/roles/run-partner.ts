import { setTimeout as pause } from 'node:timers/promises'
import { fetchDocument, httpGet } from '#server/http-get'
import { newId, newSecret } from '#server/ids'
import { keepTrying } from '#server/keep-trying'
import type { Fetch, Listener } from '#server/serve'
import type { Idp } from '../../idp/index.ts'
import { createPartner, type Partner } from '../../sp-emulator/index.ts'
import { idpMetadataPath } from '../default-world.ts'
import { partnerKey } from '../keys/keys.ts'
import type { PartnerParty } from '../world/plan-partners.ts'
import { createReadiness } from './readiness.ts'
import type { IdpRole } from './run-idp.ts'
import type { Start } from './start.ts'

/** Puts the partners on their sockets, introduced to the IdP of this process, or once the one behind an address answers. Settles when all are ready, or given up. */
export async function runPartners(start: Start, idp: IdpRole | undefined): Promise<void> {
  const { opening, world } = start
  const running = world.parties.partners.map(async (party) => {
    const listener = opening.partners.get(party.name)
    if (listener !== undefined) await runPartner(start, { party, listener, idp })
  })
  await Promise.all(running)
}

interface PartnerPlace {
  readonly party: PartnerParty
  readonly listener: Listener
  readonly idp: IdpRole | undefined
}

async function runPartner(start: Start, { party, listener, idp }: PartnerPlace): Promise<void> {
  const { options, opening, tls, log } = start
  const givingUp = new AbortController()
  start.closing.add(() => givingUp.abort())
  const partner = await makePartner(start, party, givingUp.signal)
  const url = options.idpMetadataUrl ?? `${opening.urls.idp}${idpMetadataPath}`
  const readiness = createReadiness(`the metadata of the IdP, from ${url}, has not been loaded yet`)
  listener.mount(readiness.serve(idp === undefined ? partner.fetch : following(partner, idp.idp)))
  start.parties.partners.set(party.name, partner)
  start.parties.missing.set(party.name, readiness.missing)
  if (idp === undefined) {
    const load = () =>
      readiness.attempt(async () => {
        const octets = await fetchDocument(url, tls && { tls: tls.trust })
        await partner.introduce(octets.toString())
      })
    const what = `loading the metadata of the IdP from ${url} for the partner ${party.name}`
    await keepTrying(load, { log, signal: givingUp.signal, what })
  } else {
    idp.trust(partner.metadata, { name: party.name })
    await partner.introduce(idp.idp.metadata)
  }
  readiness.declareReady()
}

/** A partner that hears at once of a new key of the IdP in its process, as a realm does (`spec/contract.md` §2.10). */
function following(partner: Partner, idp: Idp): Fetch {
  let known: string | undefined
  return async (request, env) => {
    const { metadata } = idp
    if (metadata !== known) await partner.introduce(metadata)
    known = metadata
    return partner.fetch(request, env)
  }
}

async function makePartner(
  { opening, keys, world, tls, log }: Start,
  party: PartnerParty,
  stop: AbortSignal,
): Promise<Partner> {
  const { name, temper, sameSite } = party
  return createPartner({
    name,
    temper,
    sameSite,
    baseUrl: opening.urls.partners.get(name) ?? '',
    key: await keys(partnerKey(name)),
    foreignKey: () => keys('stranger'),
    faults: world.faults.of(name),
    clock: world.clocks.get(name),
    store: world.store.of(name),
    journal: world.store.journal.of(name, world.clocks.get(name)),
    newId,
    newSecret,
    wait: (ms) => pause(ms, true, { signal: stop }).catch(() => false),
    get: (url) => httpGet(url, tls && { tls: tls.trust }),
    log,
  })
}
