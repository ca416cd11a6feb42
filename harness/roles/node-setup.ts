import { dirname } from 'node:path'
import type { Clock } from '#server/clock'
import { type Listener, starting } from '#server/serve'
import type { Idp } from '../../idp/index.ts'
import {
  fetchedMetadata,
  type GivenParts,
  type IdpMetadataSource,
  knownMetadata,
  liveMetadata,
  loadRealms,
  type NodeSettings,
  parseElasticsearchYml,
} from '../../sp-emulator/index.ts'
import { idpMetadataPath } from '../default-world.ts'
import type { RealmParty } from '../world/parties.ts'
import { realmAddresses, realmsDocument } from '../world/realm-settings.ts'
import { createReadiness } from './readiness.ts'
import type { NodeSetup } from './run-elasticsearch.ts'
import type { Start } from './start.ts'

interface Wiring {
  readonly listener: Listener
  /** The IdP of this process, if it runs one. */
  readonly idp: Idp | undefined
}

type GivenIdp = NonNullable<GivenParts['idp']>

/**
 * The realms of a node: those of the `elasticsearch.yml`, and those that the parties of the world want, which are wired to the IdP of this process or to the one
 * behind an address. Waits for its metadata where a realm cannot be made without.
 * @throws ConfigError that begins with the place in the file
 */
export async function makeNodeSetup(start: Start, wiring: Wiring): Promise<NodeSetup> {
  const { world, closing, log } = start
  const { node, roleMappings, esVersion, accessTokenMs } = world
  const clock = world.clocks.get('es')
  const ours = wiring.idp && liveIdp(wiring.idp, clock)
  const made = await makeRealms(start, wiring, ours)
  const read = node && {
    settings: node.settings,
    realms: await node.inPlace(() =>
      loadRealms(node.settings, { folder: dirname(node.path), log, clock, given: () => ({ idp: ours }) }),
    ),
  }
  if (read !== undefined && ours !== undefined) tellCompleted(read.settings, start)
  const realms = [...(read?.realms ?? []), ...made]
  for (const { idpMetadata } of realms) closing.add(idpMetadata.stop)
  return {
    realms,
    roleMappings,
    esVersion,
    tokenTimeoutMs: accessTokenMs ?? read?.settings.tokenTimeoutMs,
    tokenDeleteIntervalMs: read?.settings.tokenDeleteIntervalMs,
  }
}

/** A realm follows the IdP of this process at once (`spec/contract.md` §2.10). */
function liveIdp(idp: Idp, clock: Clock): GivenIdp {
  const { entityId } = idp
  return { entityId, metadata: liveMetadata(() => idp.metadata, entityId, clock) }
}

/** As a node knows it between two refreshes. */
function staleIdp({ metadata, entityId }: Idp): GivenIdp {
  return { entityId, metadata: knownMetadata(metadata, entityId) }
}

/** A real node would refuse such a realm. */
function tellCompleted({ realms }: NodeSettings, { log }: Start): void {
  const completed = realms.filter(({ values }) => !values.has('idp.entity_id') && !values.has('idp.metadata.path'))
  for (const { name } of completed) {
    log.info(
      { realm: name },
      'the realm names no IdP: idp.entity_id and idp.metadata.path are those of the IdP in this process',
    )
  }
}

async function makeRealms(start: Start, wiring: Wiring, ours: GivenIdp | undefined) {
  const { world, opening, keys, log } = start
  const { realms } = world.parties
  if (realms.length === 0) return []
  const addressesOf = (realm: RealmParty) => realmAddresses(realm, opening.urls.apps.get(realm.application ?? ''))
  const given = new Map(
    await Promise.all(
      realms.map(async (realm) => {
        const name = realm.name === 'saml1' ? 'sp' : `sp-${realm.name}`
        const [idp, signing, encryption] = await Promise.all([
          idpOf(realm, start, { wiring, ours }),
          keys(name),
          realm.encryption ? keys(`${name}-encryption`) : undefined,
        ])
        return [realm.name, { idp, signing, encryption: encryption && [encryption] }] as const
      }),
    ),
  )
  return world.inPlace(() =>
    loadRealms(parseElasticsearchYml(realmsDocument(realms, addressesOf)), {
      folder: '.',
      log,
      clock: world.clocks.get('es'),
      given: (realm) => given.get(realm) ?? {},
    }),
  )
}

function idpOf(
  realm: RealmParty,
  start: Start,
  { wiring: { idp, listener }, ours }: { readonly wiring: Wiring; readonly ours: GivenIdp | undefined },
): GivenIdp | Promise<GivenIdp> {
  if (realm.idpMetadata !== undefined) return foreignIdp(realm, start)
  if (realm.isStale && idp !== undefined) return staleIdp(idp)
  return ours ?? awaitedIdp(start, listener)
}

/** The IdP behind an address, whose name only its metadata tells. */
async function awaitedIdp(
  { options, opening, world, tls, closing, log }: Start,
  listener: Listener,
): Promise<GivenIdp> {
  const url = options.idpMetadataUrl ?? `${opening.urls.idp}${idpMetadataPath}`
  return waitFor(fetchedMetadata(url, undefined, log, { ...trusting(tls), clock: world.clocks.get('es') }), {
    url,
    listener,
    closing,
  })
}

async function foreignIdp(
  { idpMetadata = '', path }: RealmParty,
  { world, tls, closing, log }: Start,
): Promise<GivenIdp> {
  if (/^https?:/.test(idpMetadata)) {
    const how = { ...trusting(tls), clock: world.clocks.get('es') }
    return waitFor(fetchedMetadata(idpMetadata, undefined, log, how), { url: idpMetadata, closing })
  }
  const metadata = await world.inPlace(async () => {
    const { explain } = await import('../world/explain.ts')
    return explain(`${path}.idpMetadata`, async () => knownMetadata(await world.load(idpMetadata)))
  })
  return { entityId: metadata.current().entityId, metadata }
}

const trusting = (tls: Start['tls']) => (tls === undefined ? {} : { http: { tls: tls.trust } })

async function waitFor(
  metadata: IdpMetadataSource,
  { url, listener, closing }: { url: string; listener?: Listener; closing: Start['closing'] },
): Promise<GivenIdp> {
  closing.add(metadata.stop)
  const missing = `the metadata of the IdP, from ${url}, has not been loaded yet`
  listener?.mount(createReadiness(missing, metadata.lastFailure).serve(starting))
  await metadata.loaded
  return { entityId: metadata.current().entityId, metadata }
}
