import { noFaults } from '#server/faults'
import { noJournal } from '#server/journal/party-journal'
import { loadSoon } from '#server/load-soon'
import type { Fetch } from '#server/serve'
import { createMemoryStore } from '#server/store/store'
import { type Endpoints, endpointsOf } from './endpoints.ts'
import { PartnerError } from './partner-error.ts'
import type { PartnerOptions } from './partner-options.ts'
import type { PartnerParts } from './partner-parts.ts'
import type { IdpMetadata } from './saml/idp-metadata.ts'
import { sentRequests } from './saml/sent-requests.ts'
import { spMetadata } from './saml/sp-metadata.ts'
import { partnerSessions } from './sessions.ts'
import { type TemperSetting, temperSetting } from './temper.ts'

/** A login, as the IdP told it. */
interface Login {
  /** The value of the NameID. */
  readonly nameId: string
  /** Any of this name when there is none. */
  readonly sessionIndex: string | undefined
}

/** A service provider of another make. */
export interface Partner {
  readonly fetch: Fetch
  readonly endpoints: Pick<Endpoints, 'entityId' | 'acsUrl' | 'sloUrl'>
  /** Of its key, in PEM. */
  readonly certificate: string
  /** Its metadata document, as `/saml/metadata` answers it. */
  readonly metadata: string
  /** Whether somebody is signed in by this login; nothing is changed or extended by it. */
  isSignedIn(login: Login): Promise<boolean>
  /** May be changed while it runs. */
  readonly temper: TemperSetting
  /**
   * Makes it trust the IdP that this metadata describes, from the next message on and no other any more.
   * @throws Error with one sentence when it cannot be used
   */
  introduce(idpMetadata: string): Promise<void>
  /** As after the start: with its first temper, and without sessions. Whom it trusts it goes on to trust. */
  reset(): Promise<void>
}

/** A service provider on node-saml, which shares nothing with the realm. It trusts nobody until it is introduced. */
export function createPartner(options: PartnerOptions): Partner {
  const {
    baseUrl,
    temper = 'polite',
    sameSite = 'lax',
    faults = noFaults,
    journal = noJournal,
    clock,
    newSecret,
    store = createMemoryStore(),
  } = options
  const endpoints = endpointsOf(baseUrl)
  let idp: IdpMetadata | undefined
  const sessions = partnerSessions({
    ...{ store, clock, newSecret },
    lost: ({ user, nameId }, endedBy) => void journal.note({ what: 'sessionEnded', user, nameId, endedBy }),
  })
  const sent = sentRequests(store, clock)
  const parts: PartnerParts = {
    ...options,
    endpoints,
    sameSite,
    faults,
    journal,
    temper: temperSetting(store, temper),
    replicas: store.replicas,
    sessions,
    sent,
    idp() {
      if (idp === undefined) throw new PartnerError(503, 'The metadata of the identity provider is not known yet.')
      return idp
    },
  }
  const app = loadSoon(
    () => import('./app.ts'),
    ({ createPartnerApp }) => createPartnerApp(parts),
  )
  return {
    fetch: async (request, env) => (await app()).fetch(request, env),
    endpoints,
    certificate: options.key.certificatePem,
    metadata: spMetadata(endpoints, options.key),
    isSignedIn: async ({ nameId, sessionIndex }) => {
      const named = await sessions.findNamed({ nameId, nameIdFormat: undefined, sessionIndexes: [] })
      return named.some(({ sessionIndex: own }) => [own, sessionIndex].includes(undefined) || own === sessionIndex)
    },
    temper: parts.temper,
    async introduce(document) {
      const { readIdpMetadata } = await import('./saml/idp-metadata.ts')
      idp = await readIdpMetadata(document)
    },
    async reset() {
      parts.temper.reset()
      await Promise.all([sessions.clear(), sent.clear()])
    },
  }
}
