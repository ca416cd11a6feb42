import type { SpMetadata } from '#saml/metadata/sp-metadata'
import type { Presented } from '#saml/rules/presented'
import { loadOnce } from '#server/load-once'
import { loadSoon } from '#server/load-soon'
import type { Fetch } from '#server/serve'
import { type IdpOptions, resolveIdpConfig } from './config.ts'
import { type Rotation, rotateKey } from './directory/rotate-key.ts'
import type { TrustedSp } from './directory/trusted-sp.ts'
import { checkStillValid } from './directory/valid-metadata.ts'
import type { IdpJudgement } from './explain/explain.ts'
import type { Circumstances } from './explain/kind-judgement.ts'
import { idpMetadata } from './idp-metadata.ts'
import type { MintedMessage, WantedMessage } from './mint/wanted-message.ts'
import { makeIdpParts } from './parts.ts'
import type { IdpState } from './state/idp-state.ts'

/** A running identity provider: a function from request to response, and what its owner may do with it. */
export interface Idp {
  readonly fetch: Fetch
  readonly entityId: string
  readonly metadataUrl: string
  /** Its metadata document as `/metadata` answers it now. */
  readonly metadata: string
  /** Of the key that signs, in PEM. */
  readonly certificate: string
  /**
   * Adds a service provider, or replaces the one with the same entity id; takes effect with the next message.
   * @throws SamlError when its metadata is past its validUntil, or has no key to encrypt with what is to be encrypted for it.
   */
  trust(metadata: SpMetadata, given?: Omit<TrustedSp, 'metadata'>): void
  /** Believes nothing of a service provider any more; takes effect with the next message. */
  forget(entityId: string): void
  /** Introduces a new key (`spec/contract.md` §2.10) and answers its certificate in PEM; takes effect at once. */
  rotateKey(rotation?: Rotation): Promise<string>
  /**
   * Writes a message as this IdP would, for a caller that has it delivered (`spec/contract.md` §2.3); ends nothing.
   * @throws MintRefusal when it cannot be written as it is wanted; then nothing has changed.
   */
  mint(wanted: WantedMessage): Promise<MintedMessage>
  /** What this IdP would make of a message, told by each of its rules (`spec/contract.md` §2.4); nothing is changed, logged or sent. */
  explain(presented: Presented, circumstances?: Circumstances): Promise<IdpJudgement>
  /** What can be known and changed of it without a browser. */
  state(): Promise<IdpState>
}

const loadMint = loadOnce(() => import('./mint/mint.ts'))
const loadExplain = loadOnce(() => import('./explain/explain.ts'))
const loadState = loadOnce(() => import('./state/idp-state.ts'))

/** @throws ConfigError when an option cannot be used. */
export function createIdp(options: IdpOptions): Idp {
  const config = resolveIdpConfig(options)
  const parts = makeIdpParts(config)
  const app = loadSoon(
    () => import('./app.ts'),
    ({ createIdpApp }) => createIdpApp(parts),
  )
  return {
    fetch: async (request, env) => (await app()).fetch(request, env),
    entityId: config.entityId,
    metadataUrl: config.endpoints.metadataUrl,
    get metadata() {
      return idpMetadata(parts)
    },
    get certificate() {
      return config.keys.signing().certificatePem
    },
    trust(metadata, given) {
      checkStillValid(metadata, config.clock.now())
      parts.serviceProviders.trust({ ...given, metadata })
    },
    forget: parts.serviceProviders.forget,
    rotateKey: async (rotation = {}) => (await rotateKey(config, rotation)).certificatePem,
    mint: async (wanted) => (await loadMint()).mint(parts, wanted),
    explain: async (presented, circumstances) => (await loadExplain()).explain(parts, presented, circumstances),
    state: async () => (await loadState()).createIdpState(parts),
  }
}
