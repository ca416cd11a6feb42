import type { Credential } from '#saml/credentials'
import { type RealmConfig, signableMessages } from '../sp-emulator/index.ts'
import type { Role } from './role-options.ts'

/** Where each role is found unless told otherwise; the host names are different sites to a browser. */
export const defaultPlaces: Readonly<Record<Role, { readonly hostname: string; readonly port: number }>> = {
  idp: { hostname: 'idp.localhost', port: 7070 },
  es: { hostname: 'localhost', port: 9200 },
  app: { hostname: 'app.localhost', port: 5601 },
}

export const defaultHost = '127.0.0.1'
export const defaultUrl = (role: Role) => `http://${defaultPlaces[role].hostname}:${defaultPlaces[role].port}`

/** The user with whom the application calls Elasticsearch. */
export const elasticUser = (password = 'changeme') => ({ username: 'elastic', password, roles: ['superuser'] })

export const spMetadataPath = '/api/security/saml/metadata'
export const idpMetadataPath = '/metadata'

/** The realm `saml1`, which serves the application at `appUrl`, on Kibana's paths. */
export function defaultRealm(parties: { appUrl: string; idpEntityId: string; signing: Credential }): RealmConfig {
  const { appUrl, idpEntityId, signing } = parties
  return {
    name: 'saml1',
    order: 2,
    idpEntityId,
    useSingleLogout: true,
    spEntityId: appUrl,
    acsUrl: `${appUrl}/api/security/saml/callback`,
    logoutUrl: `${appUrl}/logout`,
    nameIdAllowCreate: false,
    populateUserMetadata: true,
    attributes: { principal: 'uid', groups: 'groups', name: 'displayName', mail: 'mail' },
    requestedAuthnContext: [],
    clockSkewMs: 180_000,
    signing,
    signedMessages: new Set(signableMessages),
  }
}
