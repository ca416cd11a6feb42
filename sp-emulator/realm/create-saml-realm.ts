import { explainPresented } from './explain/explain-presented.ts'
import { acceptLogoutRequest } from './judge/accept-logout-request.ts'
import { acceptResponse } from './judge/accept-response.ts'
import { checkLogoutResponse } from './judge/check-logout-response.ts'
import { writeRealmMetadata } from './metadata/sp-metadata.ts'
import { checkStillValid } from './metadata/still-valid.ts'
import type { RealmContext } from './realm-config.ts'
import type { SamlRealm } from './saml-realm.ts'
import { stateLogin } from './user/stated-login.ts'
import { answerLogoutRequest, requestLogout } from './write/logout-redirects.ts'
import { prepareLogin } from './write/prepare-login.ts'
import { WrittenRequests } from './write/written-requests.ts'

/**
 * A realm over its settings: what reaches it is judged (its inbox is `judge`), what leaves it is written (its outbox is `write`).
 * It reads the IdP's metadata anew for each message, so that a change counts at once (spec §3.4).
 */
export function createSamlRealm(given: RealmContext): SamlRealm {
  const context = readingValidMetadata(given)
  const { config } = context
  const metadata = writeRealmMetadata(config)
  const written = new WrittenRequests(given.clock)
  return {
    name: config.name,
    order: config.order,
    entityId: config.spEntityId,
    idpEntityId: config.idpEntityId,
    logoutUrl: config.logoutUrl,
    acsUrl: config.acsUrl,
    excludedRoles: config.excludedRoles ?? [],
    authorizationRealms: config.authorizationRealms ?? [],
    prepare: async (input) => written.note('AuthnRequest', await prepareLogin(input, context)),
    authenticate: async (xml, ids) => acceptResponse(xml, ids, context),
    stateLogin: (stated) => stateLogin(stated, config),
    acceptLogoutRequest: (queryString) => acceptLogoutRequest(queryString, context),
    answerLogoutRequest: async (accepted) => answerLogoutRequest(accepted, context),
    requestLogout: async (tokenMetadata) => written.note('LogoutRequest', await requestLogout(tokenMetadata, context)),
    checkLogoutResponse: (input) => checkLogoutResponse(input, context),
    explain: (presented, { at, inResponseTo, otherRealms }) => {
      const clock = at === undefined ? given.clock : { now: () => at }
      return explainPresented(presented, {
        ...readingValidMetadata({ ...given, clock }),
        ids: inResponseTo,
        otherRealms,
        writtenRequests: written.list,
      })
    },
    spMetadata: () => metadata,
  }
}

const readingValidMetadata = (given: RealmContext): RealmContext => ({
  ...given,
  idpMetadata: () => checkStillValid(given.idpMetadata(), given.clock.now()),
})
