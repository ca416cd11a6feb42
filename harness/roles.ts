import type { Credential } from '#saml/credentials'
import { type Log, silentLog } from '#server/logging'
import type { Listener } from '#server/serve'
import { fetchedMetadata, knownMetadata } from '../sp-emulator/index.ts'
import { defaultRealm, defaultUrl, idpMetadataPath, spMetadataPath } from './default-world.ts'
import { type Opening, openSockets } from './opening.ts'
import type { IssuedTokens, RoleOptions, RunningRoles } from './role-options.ts'
import { type NodeSetup, readNodeSetup, runElasticsearch } from './run-elasticsearch.ts'
import { type IdpRole, readIdpSetup, runIdp, trustWhenLoaded } from './run-idp.ts'
import { runWebApp } from './run-web-app.ts'
import { signingKey } from './signing-key.ts'

/** Running roles, to whoever runs them in his own process. */
export interface StartedRoles extends RunningRoles {
  /** Every pair of tokens that Elasticsearch has issued for a Response, oldest first; none where it does not run here. */
  readonly issuedTokens: () => readonly IssuedTokens[]
}

/**
 * Starts the roles and answers once they are ready. Sockets are open and keys are being made at the same time; the IdP answers before the
 * node, since each waits for the other's metadata. When the start fails or is given up, nothing is left open.
 * @throws ConfigError with one sentence when what was asked for cannot work
 */
export async function startRoles(options: RoleOptions): Promise<StartedRoles> {
  const keys = beginKeys(options)
  const opening = await openSockets(options)
  const closing: (() => unknown)[] = [() => opening.close()]
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end()
  }
  options.signal?.addEventListener('abort', close, { once: true })
  try {
    return await runAll({ options, opening, keys, closing, close, log: options.log ?? silentLog })
  } catch (error) {
    await close()
    throw error
  }
}

interface Start {
  readonly options: RoleOptions
  readonly opening: Opening
  readonly keys: Keys
  readonly log: Log
  /** What has to be ended, in the order in which it began. */
  readonly closing: (() => unknown)[]
  close(): Promise<void>
}

interface Keys {
  readonly idp: () => Promise<Credential>
  readonly sp: () => Promise<Credential>
}

/** Making a key takes longer than anything else at a start, so it is begun first, and only where it is needed. */
function beginKeys({ roles, keysFolder, elasticsearchYml }: RoleOptions): Keys {
  const runs = (role: 'idp' | 'es') => roles === undefined || roles.includes(role)
  const begin = (name: 'idp' | 'sp', isNeeded: boolean) => {
    const key = isNeeded ? signingKey(name, keysFolder) : undefined
    // Whoever awaits the key sees why it could not be had.
    key?.catch(() => undefined)
    return () => key ?? signingKey(name, keysFolder)
  }
  return { idp: begin('idp', runs('idp')), sp: begin('sp', runs('es') && elasticsearchYml === undefined) }
}

async function runAll(start: Start): Promise<StartedRoles> {
  const { listeners, urls } = start.opening
  const idp = listeners.idp && (await startIdp(start, listeners.idp))
  const es = listeners.es && (await startElasticsearch(start, listeners.es, idp))
  if (listeners.app !== undefined) startWebApp(start, listeners.app)
  if (idp !== undefined) await introduce(start, idp, es?.realms)
  return {
    ...(idp && { idpUrl: urls.idp }),
    ...(es && { esUrl: urls.es }),
    ...(listeners.app && { appUrl: urls.app }),
    issuedTokens: es?.issuedTokens ?? (() => []),
    close: start.close,
  }
}

async function startIdp({ options, opening, keys, log }: Start, listener: Listener): Promise<IdpRole> {
  const configured = options.sloopYml === undefined ? {} : await readIdpSetup(options.sloopYml)
  const credential = configured.credential ?? (await keys.idp())
  return runIdp(listener, { ...configured, baseUrl: opening.urls.idp, credential, log })
}

async function startElasticsearch(start: Start, listener: Listener, idp: IdpRole | undefined) {
  const { options, log, closing } = start
  const setup =
    options.elasticsearchYml === undefined
      ? await defaultSetup(start, idp)
      : await readNodeSetup(options.elasticsearchYml, log)
  for (const { idpMetadata } of setup.realms) closing.push(idpMetadata.stop)
  const node = runElasticsearch(listener, setup, { ...options, log })
  await Promise.all(setup.realms.map(({ idpMetadata }) => idpMetadata.loaded))
  node.declareReady()
  return node
}

/** The realm `saml1`, with the metadata of the IdP in this process or of the one behind an address. */
async function defaultSetup({ options, opening, keys, log, closing }: Start, role?: IdpRole): Promise<NodeSetup> {
  const url = options.idpMetadataUrl ?? `${defaultUrl('idp')}${idpMetadataPath}`
  const idpMetadata =
    role === undefined ? fetchedMetadata(url, undefined, log) : knownMetadata(role.idp.metadata, role.idp.entityId)
  closing.push(idpMetadata.stop)
  await idpMetadata.loaded
  const idpEntityId = idpMetadata.current().entityId
  const config = defaultRealm({ appUrl: opening.urls.app, idpEntityId, signing: await keys.sp() })
  return { realms: [{ config, idpMetadata }] }
}

function startWebApp({ opening, options, log, closing }: Start, listener: Listener): void {
  const { app: baseUrl, es: esUrl } = opening.urls
  const app = runWebApp(listener, { baseUrl, esUrl, elasticPassword: options.elasticPassword, log })
  closing.push(() => app.close())
}

/** Makes the IdP know its service providers beside those of its configuration: the realms in this process, else the one behind an address. */
async function introduce(start: Start, idp: IdpRole, realms?: readonly { spMetadata(): string }[]): Promise<void> {
  const { options, log, closing } = start
  const elsewhere = options.sloopYml === undefined ? `${defaultUrl('app')}${spMetadataPath}` : undefined
  const url = options.spMetadataUrl ?? elsewhere
  if (realms === undefined && url !== undefined) {
    const givingUp = new AbortController()
    closing.push(() => givingUp.abort())
    await trustWhenLoaded(idp, url, { log, signal: givingUp.signal })
  }
  for (const realm of realms ?? []) idp.trust(realm.spMetadata())
  idp.declareReady()
}
