import { acceptLogoutRequest } from './accept-logout-request.ts'
import { acceptResponse } from './accept-response.ts'
import { checkLogoutResponse } from './check-logout-response.ts'
import { answerLogoutRequest, requestLogout } from './logout-redirects.ts'
import { prepareLogin } from './prepare-login.ts'
import type { RealmContext } from './realm-config.ts'
import type { SamlRealm } from './saml-realm.ts'
import { writeRealmMetadata } from './sp-metadata.ts'
import { checkStillValid } from './still-valid.ts'

/** A realm over its settings; it reads the IdP's metadata anew for each message, so that a change counts at once (spec §3.4). */
export function createSamlRealm(given: RealmContext): SamlRealm {
  const context = { ...given, idpMetadata: () => checkStillValid(given.idpMetadata(), given.clock.now()) }
  const { config } = context
  const metadata = writeRealmMetadata(config)
  return {
    name: config.name,
    order: config.order,
    acsUrl: config.acsUrl,
    excludedRoles: config.excludedRoles ?? [],
    authorizationRealms: config.authorizationRealms ?? [],
    prepare: (input) => prepareLogin(input, context),
    authenticate: async (xml, ids) => acceptResponse(xml, ids, context),
    acceptLogoutRequest: (queryString) => acceptLogoutRequest(queryString, context),
    answerLogoutRequest: async (accepted) => answerLogoutRequest(accepted, context),
    requestLogout: (tokenMetadata) => requestLogout(tokenMetadata, context),
    checkLogoutResponse: (input) => checkLogoutResponse(input, context),
    spMetadata: () => metadata,
  }
}
