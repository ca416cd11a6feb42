export { type Dialect, dialectOf } from './es/dialect.ts'
export { createElasticsearch, type Elasticsearch, type ElasticsearchOptions } from './es/elasticsearch.ts'
export { type RoleMappings, readRoleMappings } from './es/role-mappings.ts'
export type { ClusterPrivilege } from './es/security/cluster-privileges.ts'
export type { Roles } from './es/security/security.ts'
export type { ServiceUser } from './es/security/user.ts'
export { createPartner, type Partner } from './partner/partner.ts'
export { type Temper, tempers } from './partner/temper.ts'
export { createSamlRealm } from './realm/create-saml-realm.ts'
export { type GivenParts, type LoadedRealm, loadRealms } from './realm/load-realms.ts'
export {
  fetchedMetadata,
  type IdpMetadataSource,
  knownMetadata,
  liveMetadata,
} from './realm/metadata/idp-metadata-source.ts'
export type { AttributeNames, RealmConfig, RealmContext, SignableMessage } from './realm/realm-config.ts'
export { signableMessages } from './realm/realm-config.ts'
export type { SamlRealm } from './realm/saml-realm.ts'
export { type NodeSettings, parseElasticsearchYml, type RealmSettings } from './realm/settings/elasticsearch-yml.ts'
export { flattenSettings } from './realm/settings/flat-settings.ts'
export { readRealmSettings } from './realm/settings/realm-settings.ts'
export { createInMemoryTokenStore } from './tokens/in-memory-token-store.ts'
export { createTokenService, type TokenService, type TokenServiceOptions } from './tokens/token-service.ts'
export type { TokenStore } from './tokens/token-store.ts'
export type { ProviderOptions } from './webapp/providers/provider.ts'
export type { SameSite } from './webapp/sessions/session-cookie.ts'
export { createWebApp, type WebApp } from './webapp/web-app.ts'
export type { Profile, WebAppOptions } from './webapp/web-app-options.ts'
