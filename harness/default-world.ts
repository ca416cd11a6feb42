import type { Role } from './roles/role-options.ts'

/** Where each role is found unless told otherwise; the host names are different sites to a browser. */
export const defaultPlaces: Readonly<Record<Role, { readonly hostname: string; readonly port: number }>> = {
  idp: { hostname: 'idp.localhost', port: 7070 },
  es: { hostname: 'localhost', port: 9200 },
  app: { hostname: 'app.localhost', port: 5601 },
  partner: { hostname: 'partner.localhost', port: 5602 },
}

export const defaultHost = '127.0.0.1'

/** The user with whom the application calls Elasticsearch. */
export const elasticUser = (password = 'changeme') => ({ username: 'elastic', password, roles: ['superuser'] })

export const acsPath = '/api/security/saml/callback'
export const spMetadataPath = '/api/security/saml/metadata'
/** The first name of the route that consumes assertions. A realm that still gives it is found by its name, as in a kibana.yml. */
export const deprecatedAcsPath = '/api/security/v1/saml'
export const idpMetadataPath = '/metadata'
