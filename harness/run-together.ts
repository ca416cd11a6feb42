import { type Listener, starting } from '#server/serve'
import { defaultUrl, deprecatedAcsPath, idpMetadataPath, spMetadataPath } from './default-world.ts'
import { inFile } from './in-file.ts'
import { createReadiness } from './readiness.ts'
import type { ElasticsearchRole, NodeSetup } from './run-elasticsearch.ts'
import type { Awaited, IdpRole } from './run-idp.ts'
import type { Start, StartedRoles } from './start.ts'

// Each is loaded only where it is needed, and all roles while the keys are still being made.
const load = {
  idp: () => import('./run-idp.ts'),
  es: () => import('./run-elasticsearch.ts'),
  app: () => import('./run-web-app.ts'),
  sloopYml: () => import('./read-sloop-yml.ts'),
}

/** Runs the roles on their sockets: the IdP before the node, since a realm needs its metadata, and the application last, since it needs the node. */
export async function runTogether(start: Start): Promise<StartedRoles> {
  const { listeners, urls } = start.opening
  await Promise.all(Object.entries(load).map(([role, loadRole]) => role in listeners && loadRole()))
  await refuseVersion(start)
  const idp = listeners.idp && (await startIdp(start, listeners.idp))
  const es = listeners.es && (await startElasticsearch(start, listeners.es, idp))
  const introduced = idp && introduce(start, idp, es?.realms)
  if (listeners.app !== undefined) await startWebApp(start, listeners.app, es?.realms)
  await introduced
  return {
    ...(idp && { idpUrl: urls.idp }),
    ...(es && { esUrl: urls.es }),
    ...(listeners.app && { appUrl: urls.app }),
    issuedTokens: es?.issuedTokens ?? (() => []),
    close: start.closing.close,
  }
}

async function refuseVersion({ options: { esVersion }, opening: { listeners } }: Start): Promise<void> {
  if (listeners.es === undefined || esVersion === undefined) return
  const { checkVersion } = await load.es()
  checkVersion(esVersion, { hasApplication: listeners.app !== undefined })
}

/** An IdP, and whom of its configuration it has still to hear of. */
interface StartedIdp extends IdpRole {
  readonly awaited: readonly Awaited[]
}

async function startIdp({ options, opening, keys, log }: Start, listener: Listener): Promise<StartedIdp> {
  const { runIdp } = await load.idp()
  const { sloopYml } = options
  const { options: configured, awaited } =
    sloopYml === undefined ? { options: {}, awaited: [] } : await (await load.sloopYml()).readSloopYml(sloopYml)
  const credential = configured.credential ?? (await keys('idp'))
  const run = async () => runIdp(listener, { ...configured, baseUrl: opening.urls.idp, credential, log })
  return { ...(sloopYml === undefined ? await run() : await inFile(sloopYml, run)), awaited }
}

async function startElasticsearch(
  start: Start,
  listener: Listener,
  idp: IdpRole | undefined,
): Promise<ElasticsearchRole> {
  const { readNodeSetup, runElasticsearch } = await load.es()
  const { options, log, closing } = start
  const setup =
    options.elasticsearchYml === undefined
      ? await defaultSetup(start, idp)
      : await readNodeSetup(options.elasticsearchYml, { ...options, log })
  for (const { idpMetadata } of setup.realms) closing.add(idpMetadata.stop)
  const node = runElasticsearch(listener, setup, { ...options, log })
  await Promise.all(setup.realms.map(({ idpMetadata }) => idpMetadata.loaded))
  node.readiness.declareReady()
  return node
}

/** The realm `saml1`, for the IdP in this process or for the one behind an address. */
async function defaultSetup({ options, opening, keys, log, closing }: Start, role?: IdpRole): Promise<NodeSetup> {
  const { idpMetadataSource, makeDefaultSetup } = await load.es()
  const url = options.idpMetadataUrl ?? `${defaultUrl('idp')}${idpMetadataPath}`
  const idpMetadata = idpMetadataSource(role?.idp ?? { url, log })
  closing.add(idpMetadata.stop)
  const waiting = createReadiness(
    `the metadata of the IdP, from ${url}, has not been loaded yet`,
    idpMetadata.lastFailure,
  )
  if (role === undefined) opening.listeners.es?.mount(waiting.serve(starting))
  await idpMetadata.loaded
  return makeDefaultSetup({ idpMetadata, appUrl: opening.urls.app, signing: await keys('sp') })
}

async function startWebApp(
  { opening, options, log, closing }: Start,
  listener: Listener,
  realms: ElasticsearchRole['realms'] = [],
): Promise<void> {
  const { reachElasticsearch, runWebApp } = await load.app()
  const { elasticPassword, appProfile: profile, appSelector: selector } = options
  const baseUrl = opening.urls.app
  const realm = realms.find(({ acsUrl }) => acsUrl === baseUrl + deprecatedAcsPath)?.name
  const place = { baseUrl, realm, esUrl: opening.urls.es, elasticPassword, profile, selector, log }
  const role = runWebApp(listener, place)
  closing.add(() => role.app.close())
  if (opening.listeners.es === undefined) {
    const givingUp = new AbortController()
    closing.add(() => givingUp.abort())
    await reachElasticsearch(role, { ...place, signal: givingUp.signal })
  }
  role.readiness.declareReady()
}

/** Makes the IdP know its service providers beside those in its files: the realms in this process, else the one behind an address, and those that its configuration names by an address. */
async function introduce(start: Start, idp: StartedIdp, realms?: readonly { spMetadata(): string }[]): Promise<void> {
  const { options, log, closing } = start
  for (const realm of realms ?? []) idp.trust(realm.spMetadata())
  const elsewhere = options.sloopYml === undefined ? `${defaultUrl('app')}${spMetadataPath}` : undefined
  const url = options.spMetadataUrl ?? elsewhere
  const awaited = realms === undefined && url !== undefined ? [...idp.awaited, { url }] : idp.awaited
  const { trustWhenLoaded } = await load.idp()
  const givingUp = new AbortController()
  closing.add(() => givingUp.abort())
  await Promise.all(awaited.map((each) => trustWhenLoaded(idp, each, { log, signal: givingUp.signal })))
  idp.readiness.declareReady()
}
