/** The realms that the cases talk to, as data: the emulator is made of them, and `--print-config` prints them for a real node. */

export const idpEntityId = 'https://idp.sloop.test/'
export const ssoUrl = 'https://idp.sloop.test/sso'
export const sloUrl = 'https://idp.sloop.test/slo'

const redirect = 'HTTP-Redirect'

/** What an IdP metadata document says; each is a file of this name. */
export interface IdpVariant {
  readonly signOn: string
  /** Binding and address of each logout service, in order. */
  readonly logout: readonly (readonly [binding: 'HTTP-POST' | 'HTTP-Redirect' | 'HTTP-Artifact', address: string])[]
  /** The names of the keys that it signs with. */
  readonly keys: readonly string[]
}

const usualIdp: IdpVariant = { signOn: ssoUrl, logout: [[redirect, sloUrl]], keys: ['idp'] }

export const idpVariants = {
  usual: usualIdp,
  'without-logout': { ...usualIdp, logout: [] },
  'three-bindings': {
    ...usualIdp,
    logout: [
      ['HTTP-POST', `${sloUrl}/post`],
      [redirect, `${sloUrl}/redirect`],
      ['HTTP-Artifact', `${sloUrl}/artifact`],
    ],
  },
  'with-queries': { ...usualIdp, signOn: `${ssoUrl}?a=xyz`, logout: [[redirect, `${sloUrl}?`]] },
  'several-keys': { ...usualIdp, keys: ['idp2', 'idp3', 'idp'] },
} as const satisfies Record<string, IdpVariant>

export type SettingValue = string | boolean | readonly string[]

interface RealmVariant {
  readonly idp: keyof typeof idpVariants
  /** Settings beside those that every realm has; undefined takes one of them away. */
  readonly settings: Readonly<Record<string, SettingValue | undefined>>
}

const unsigned = { 'signing.key': undefined, 'signing.certificate': undefined }
const attributes = {
  'attributes.principal': 'urn:oid:0.9.2342.19200300.100.1.1',
  'attributes.groups': 'groups',
  'attributes.name': 'displayName',
  'attributes.mail': 'mail',
}
const persistent = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
const transient = 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'

export const contexts = [
  'urn:oasis:names:tc:SAML:2.0:ac:classes:Kerberos',
  'urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI',
  'http://an.arbitrary/mfa-profile',
] as const
const [oneContext] = contexts

/** The realm that a delegated login takes its users from; a node must have it. */
export const nativeRealm = 'native1'

const realmVariants = {
  plain: { idp: 'usual', settings: {} },
  attributes: { idp: 'usual', settings: attributes },
  'no-slo': { idp: 'without-logout', settings: {} },
  'three-slo': { idp: 'three-bindings', settings: {} },
  queries: { idp: 'with-queries', settings: {} },
  'slo-off': { idp: 'usual', settings: { 'idp.use_single_logout': false } },
  unsigned: { idp: 'usual', settings: { ...unsigned, 'sp.logout': undefined } },
  'several-keys': { idp: 'several-keys', settings: {} },
  encrypted: {
    idp: 'usual',
    settings: { ...attributes, 'attributes.principal': 'nameid', ...keyPair('encryption', 'sp-encryption') },
  },
  'one-key': { idp: 'usual', settings: keyPair('encryption', 'sp') },
  persistent: { idp: 'usual', settings: { nameid_format: persistent, 'nameid.sp_qualifier': 'sp-qualifier' } },
  transient: {
    idp: 'usual',
    settings: { nameid_format: transient, 'nameid.allow_create': true, 'nameid.sp_qualifier': '', force_authn: true },
  },
  'one-context': { idp: 'usual', settings: { req_authn_context_class_ref: [oneContext] } },
  'three-contexts': { idp: 'usual', settings: { req_authn_context_class_ref: contexts } },
  delegated: { idp: 'usual', settings: { authorization_realms: [nativeRealm] } },
  excluding: { idp: 'usual', settings: { ...attributes, exclude_roles: ['superuser'] } },
  'no-metadata': { idp: 'usual', settings: { ...attributes, populate_user_metadata: false } },
  patterned: {
    idp: 'usual',
    settings: {
      'attributes.groups': 'mail',
      'attribute_patterns.principal': '^([^@]+)@example\\.test$',
      'attribute_patterns.groups': '^([^@]+)@corp\\.test$',
    },
  },
  delimited: { idp: 'usual', settings: { 'attributes.groups': 'groups', 'attribute_delimiters.groups': '$' } },
} as const satisfies Record<string, RealmVariant>

export type RealmName = keyof typeof realmVariants

export const realmNames = Object.keys(realmVariants) as readonly RealmName[]

/** Every key and certificate that is kept, as `<name>.key` and `<name>.crt`. */
export const keyNames = ['idp', 'idp2', 'idp3', 'sp', 'sp-encryption', 'stranger'] as const
export type KeyName = (typeof keyNames)[number]

export function spEntityId(realm: RealmName): string {
  return `https://${realm}.sp.sloop.test/`
}
export const acsUrl = (realm: RealmName) => `${spEntityId(realm)}saml/acs`
export const logoutUrl = (realm: RealmName) => `${spEntityId(realm)}saml/logout`

function keyPair(purpose: 'signing' | 'encryption', name: KeyName): Record<string, string> {
  return { [`${purpose}.key`]: `${name}.key`, [`${purpose}.certificate`]: `${name}.crt` }
}

/** The settings of a realm under `xpack.security.authc.realms.saml.<name>`, paths relative to the folder of the keys. */
export function settingsOf(realm: RealmName): ReadonlyMap<string, SettingValue> {
  const { idp, settings }: RealmVariant = realmVariants[realm]
  const all = {
    order: String(realmNames.indexOf(realm) + 10),
    'idp.metadata.path': `${idp}.xml`,
    'idp.entity_id': idpEntityId,
    'sp.entity_id': spEntityId(realm),
    'sp.acs': acsUrl(realm),
    'sp.logout': logoutUrl(realm),
    'attributes.principal': 'nameid',
    ...keyPair('signing', 'sp'),
    ...settings,
  }
  return new Map(Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}
