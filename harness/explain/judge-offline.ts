import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseInstant } from '#saml/instants'
import { readMetadataDocument } from '#saml/metadata/read-document'
import { findRoles } from '#saml/metadata/role'
import { parseAllSpMetadata } from '#saml/metadata/sp-metadata'
import { verdictOf } from '#saml/rules/verdict'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config-error'
import { newId } from '#server/ids'
import { silentLog } from '#server/logging'
import { readNamedFile } from '#server/named-file'
import {
  createElasticsearch,
  createInMemoryTokenStore,
  createSamlRealm,
  createTokenService,
  explainPresented,
  knownMetadata,
  type LoadedRealm,
  loadRealms,
} from '../../sp-emulator/index.ts'
import { elasticUser } from '../default-world.ts'
import { readNodeFile } from '../world/node-file.ts'
import type { Explained, Judge } from './explained.ts'
import { unknownReceiver } from './unknown-receiver.ts'

interface RealmsOfFile {
  /** An `elasticsearch.yml`. */
  readonly config: string
  /** Whose judgement is asked for, where there are several. */
  readonly realm: string | undefined
  readonly environment: Readonly<Record<string, string | undefined>> | undefined
}

/** How long metadata behind an address may take. */
const fetchMs = 10_000

/** Judges as the realms of an `elasticsearch.yml` do. Nobody is signed in there. @throws ConfigError in one sentence when they cannot be read */
export async function judgeByRealms({ config, realm, environment }: RealmsOfFile): Promise<Judge> {
  const file = await readNodeFile(config, { esVersion: undefined, environment: environment ?? {} })
  const loaded = await file.inPlace(() => loadRealms(file.settings, { folder: dirname(config), log: silentLog }))
  for (const each of loaded) await waitForMetadata(each)
  const realms = loaded.map(({ config: settings, idpMetadata }) =>
    createSamlRealm({ config: settings, idpMetadata: idpMetadata.current, clock: systemClock, newId }),
  )
  checkName(
    realm,
    realms.map(({ name }) => name),
  )
  const tokens = createTokenService({ store: createInMemoryTokenStore(), clock: systemClock })
  const node = createElasticsearch({ realms, tokens, users: [elasticUser('changeme')] })
  return async (presented, { at }) => {
    const judged = await node.explain({ presented, realm, at: at === undefined ? undefined : parseInstant(at) })
    return { ...judged, wouldInvalidate: null }
  }
}

function checkName(realm: string | undefined, known: readonly string[]): void {
  if (realm === undefined || known.includes(realm)) return
  throw new ConfigError(`--realm: there is no realm [${realm}], there is ${known.join(', ')}`)
}

async function waitForMetadata({ idpMetadata }: LoadedRealm): Promise<void> {
  const ended = new AbortController()
  const late = pause(fetchMs, 'late', { signal: ended.signal }).catch(() => undefined)
  const outcome = await Promise.race([idpMetadata.loaded, late])
  ended.abort()
  idpMetadata.stop()
  if (outcome === 'late')
    throw new ConfigError(`--config: ${idpMetadata.lastFailure() ?? 'the metadata of the IdP did not come'}`)
}

/**
 * Judges as somebody does who knows the sender by its metadata, a file or the XML itself, and of whom nothing is known.
 * An identity provider's is judged as Elasticsearch does, a service provider's as our IdP does, and whoever is both as the first.
 * @throws ConfigError, SamlError in one sentence when it cannot be read, or is neither's
 */
export async function judgeBySender(metadata: string): Promise<Judge> {
  const document = readSenderMetadata(metadata)
  if (isOfAnIdp(document)) return judgeOfAnIdp(document)
  const { judgeOfServiceProviders } = await import('./judge-of-service-providers.ts')
  return judgeOfServiceProviders(parseAllSpMetadata(document))
}

const isOfAnIdp = (document: string) => findRoles(readMetadataDocument(document), 'IDPSSODescriptor').length > 0

function judgeOfAnIdp(document: string): Judge {
  const { current } = knownMetadata(document)
  const config = unknownReceiver(current().entityId)
  return async (presented, { at }): Promise<Explained> => {
    const clock = at === undefined ? systemClock : { now: () => parseInstant(at) }
    const {
      names: _names,
      principal: _principal,
      ...judgement
    } = await explainPresented(presented, { config, idpMetadata: current, clock })
    return { ...judgement, ...verdictOf(judgement.checks), wouldInvalidate: null }
  }
}

/** The XML that is given, or that is in the file of that name. @throws ConfigError when the file cannot be read */
export function readSenderMetadata(metadata: string): string {
  if (metadata.trimStart().startsWith('<')) return metadata
  const expected = 'metadata of an identity provider or a service provider'
  return readNamedFile({ path: metadata, setting: '--metadata', expected, maxBytes })
}

/** Metadata of a federation may be long. */
const maxBytes = 64 * 1024 * 1024
