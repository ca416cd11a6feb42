import type { Listener } from '#server/serve'
import { controlInProcess } from '../control/in-process.ts'
import { deprecatedAcsPath, spMetadataPath } from '../default-world.ts'
import type { ApplicationParty } from '../world/parties.ts'
import { type Awaited, followServiceProviders } from './follow-service-providers.ts'
import { makeNodeSetup } from './node-setup.ts'
import { checkVersion, type ElasticsearchRole, runElasticsearch } from './run-elasticsearch.ts'
import { type IdpRole, runIdp } from './run-idp.ts'
import { runPartners } from './run-partner.ts'
import { reachElasticsearch, runWebApp } from './run-web-app.ts'
import type { Start, StartedRoles } from './start.ts'

/** Runs the parties on their sockets: the IdP before the node, since a realm needs its metadata, and the applications last, since they need the node. */
export async function runTogether(start: Start): Promise<StartedRoles> {
  const { opening, world, closing } = start
  const { urls, apps } = opening
  refuseVersion(start)
  const idp = opening.idp && (await startIdp(start, opening.idp))
  const es = opening.es && (await startElasticsearch(start, opening.es, idp))
  const partners = runPartners(start, idp)
  const introduced = idp && introduce(start, idp, { realms: es?.realms, partners })
  await Promise.all(
    world.parties.applications.flatMap((application) => {
      const listener = apps.get(application.name)
      return listener === undefined ? [] : [startWebApp(start, { application, listener, realms: es?.realms ?? [] })]
    }),
  )
  await Promise.all([partners, introduced])
  const applicationUrls = Object.fromEntries([...urls.apps].filter(([name]) => apps.has(name)))
  const partnerUrls = Object.fromEntries([...urls.partners].filter(([name]) => opening.partners.has(name)))
  const [appUrl] = Object.values(applicationUrls)
  return {
    ...(idp && { idpUrl: urls.idp }),
    ...(es && { esUrl: urls.es }),
    ...(appUrl !== undefined && { appUrl }),
    applicationUrls,
    partnerUrls,
    ...(start.tls?.authorityFile !== undefined && { authorityFile: start.tls.authorityFile }),
    issuedTokens: () => issuedTokens(es, urls.apps),
    control: controlInProcess(start.parties),
    close: closing.close,
  }
}

function refuseVersion({ world: { esVersion }, opening: { es, apps } }: Start): void {
  if (es === undefined || esVersion === undefined) return
  checkVersion(esVersion, { hasApplication: apps.size > 0 })
}

async function startIdp({ opening, keys, world, parties, log }: Start, listener: Listener): Promise<IdpRole> {
  const credential = world.idp.credential ?? (await keys('idp'))
  const [baseUrl, clock, faults] = [opening.urls.idp, world.clocks.get('idp'), world.faults.of('idp')]
  const journal = world.store.journal.of('idp', clock)
  const role = await world.inPlace(async () =>
    runIdp(listener, { ...world.idp, baseUrl, credential, clock, faults, journal, store: world.store.of('idp'), log }),
  )
  parties.idp = role.idp
  parties.missing.set('idp', role.readiness.missing)
  return role
}

async function startElasticsearch(start: Start, listener: Listener, idp?: IdpRole): Promise<ElasticsearchRole> {
  const setup = await makeNodeSetup(start, { listener, idp: idp?.idp })
  const node = runElasticsearch(listener, setup, {
    ...start.options,
    baseUrl: start.opening.urls.es,
    clock: start.world.clocks.get('es'),
    store: start.world.store.of('es'),
    journal: start.world.store.journal.of('es', start.world.clocks.get('es')),
    log: start.log,
  })
  start.parties.es = node
  start.parties.missing.set('es', node.readiness.missing)
  await Promise.all(setup.realms.map(({ idpMetadata }) => idpMetadata.loaded))
  node.readiness.declareReady()
  return node
}

interface Application {
  readonly application: ApplicationParty
  readonly listener: Listener
  /** Those of the node in this process. */
  readonly realms: ElasticsearchRole['realms']
}

async function startWebApp(
  { opening, options, world, tls, log, closing, parties }: Start,
  { application, listener, realms }: Application,
): Promise<void> {
  const { elasticPassword } = options
  const baseUrl = opening.urls.apps.get(application.name) ?? ''
  const ofAddress = () => realms.find(({ acsUrl }) => acsUrl === baseUrl + deprecatedAcsPath)?.name
  const realm = application.realm ?? (application.providers === undefined ? ofAddress() : undefined)
  const clock = world.clocks.get(application.name)
  const place = {
    ...application,
    baseUrl,
    realm,
    esUrl: opening.urls.es,
    elasticPassword,
    trust: tls?.trust,
    clock,
    store: world.store.of(application.name),
    journal: world.store.journal.of(application.name, clock),
    log,
  }
  const role = runWebApp(listener, place)
  parties.apps.set(application.name, role.app)
  parties.missing.set(application.name, role.readiness.missing)
  closing.add(() => role.app.close())
  if (opening.es === undefined) {
    const givingUp = new AbortController()
    closing.add(() => givingUp.abort())
    await reachElasticsearch(role, { ...place, signal: givingUp.signal })
  }
  role.readiness.declareReady()
}

interface Introduced {
  readonly realms: ElasticsearchRole['realms'] | undefined
  /** Settles when the partners in this process are known. */
  readonly partners: Promise<unknown>
}

/** Makes the IdP know its service providers beside those in its files: the realms in this process, else the one behind an address, and those that its configuration names by an address. */
async function introduce(start: Start, idp: IdpRole, { realms, partners }: Introduced): Promise<void> {
  const { options, log, closing, world, opening, tls } = start
  for (const realm of realms ?? []) {
    const party = world.parties.realms.find(({ name }) => name === realm.name)
    const encrypt = party?.encryption ? 'assertion' : 'none'
    idp.trust(realm.spMetadata(), { name: applicationAt(realm.acsUrl, opening.urls.apps), encrypt })
  }
  const isDefault = options.sloopYml === undefined && options.world === undefined
  const usual = isDefault ? [`${opening.urls.apps.get('app')}${spMetadataPath}`] : []
  const urls = realms === undefined ? (options.spMetadataUrls ?? usual) : []
  const awaited: readonly Awaited[] = [...world.awaited, ...urls.map((url) => ({ url }))]
  const givingUp = new AbortController()
  closing.add(() => givingUp.abort())
  const clock = world.clocks.get('idp')
  const following = { log, signal: givingUp.signal, trust: tls?.trust, clock }
  await Promise.all(awaited.map((each) => followServiceProviders(idp, each, following)))
  await partners
  idp.readiness.declareReady()
}

/** The tokens of every login, each with the application whose realm let the user in. */
function issuedTokens(
  es: ElasticsearchRole | undefined,
  urls: ReadonlyMap<string, string>,
): ReturnType<StartedRoles['issuedTokens']> {
  const acsOf = new Map(es?.realms.map(({ name, acsUrl }) => [name, acsUrl]))
  return [...new Set(es?.logins.values())].map(({ realm, refreshed, ...tokens }) => ({
    ...tokens,
    refreshed: [...refreshed],
    application: applicationAt(acsOf.get(realm) ?? '', urls),
  }))
}

/** The application of ours that takes Responses there, if one does. */
function applicationAt(acsUrl: string, urls: ReadonlyMap<string, string>): string | undefined {
  return [...urls].find(([, url]) => acsUrl.startsWith(`${url}/`))?.[0]
}
