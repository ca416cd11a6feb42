import { expect, test } from 'vitest'
import { spKey } from '../test-realm.test-support.ts'
import type { SettingValue } from './flat-settings.ts'
import { readRealmSettings } from './realm-settings.ts'
import { required, section, settingsOf } from './settings.test-support.ts'

const signing = { 'signing.key': 'sp.key', 'signing.certificate': 'sp.crt' }

const read = (given: Record<string, SettingValue> = {}) => readRealmSettings(settingsOf({ ...required, ...given }))
const configOf = (given: Record<string, SettingValue> = {}) => read(given)?.toConfig({ signing: spKey, encryption: [] })

test('what is not set is as at a node', () => {
  expect(read()?.toConfig({ signing: undefined, encryption: [] })).toEqual({
    name: 'saml1',
    order: 2,
    idpEntityId: 'https://idp.test/',
    useSingleLogout: true,
    spEntityId: 'https://sp.test/',
    acsUrl: 'https://sp.test/saml/acs',
    logoutUrl: '',
    nameIdFormat: undefined,
    nameIdAllowCreate: false,
    nameIdSpQualifier: undefined,
    forceAuthn: undefined,
    populateUserMetadata: true,
    attributes: { principal: 'nameid', groups: undefined, name: undefined, mail: undefined, dn: undefined },
    attributePatterns: {},
    groupsDelimiter: undefined,
    privateAttributes: [],
    excludedRoles: [],
    authorizationRealms: [],
    requestedAuthnContext: [],
    clockSkewMs: 180_000,
    signing: undefined,
    encryption: [],
    signedMessages: new Set(['AuthnRequest', 'LogoutRequest', 'LogoutResponse']),
  })
})

test('every setting has its place', () => {
  const given = {
    order: '3',
    'idp.use_single_logout': 'false',
    'sp.logout': 'https://sp.test/saml/logout',
    nameid_format: 'urn:f',
    'nameid.allow_create': 'true',
    'nameid.sp_qualifier': 'q',
    force_authn: 'false',
    populate_user_metadata: 'false',
    'attributes.name': 'cn',
    'attributes.mail': 'mail',
    req_authn_context_class_ref: ['urn:a', 'urn:b'],
    allowed_clock_skew: '10s',
  }
  expect(configOf(given)).toMatchObject({
    order: 3,
    useSingleLogout: false,
    logoutUrl: 'https://sp.test/saml/logout',
    nameIdFormat: 'urn:f',
    nameIdAllowCreate: true,
    nameIdSpQualifier: 'q',
    forceAuthn: false,
    populateUserMetadata: false,
    attributes: { principal: 'nameid', name: 'cn', mail: 'mail' },
    requestedAuthnContext: ['urn:a', 'urn:b'],
    clockSkewMs: 10_000,
  })
})

test.each(['idp.entity_id', 'idp.metadata.path', 'sp.entity_id', 'sp.acs'])('%s is required', (name) => {
  const without = Object.fromEntries(Object.entries(required).filter(([each]) => each !== name))
  expect(() => readRealmSettings(settingsOf(without))).toThrow(
    `The configuration setting [${section}.${name}] is required`,
  )
})

test('a realm needs an attribute for the principal', () => {
  const { 'attributes.principal': _, ...without } = required
  expect(() => readRealmSettings(settingsOf(without))).toThrow(`Setting [${section}.attributes.principal] is required`)
})

test('a realm needs an order', () => {
  const { order: _, ...without } = required
  expect(() => readRealmSettings(settingsOf(without))).toThrow(
    `'order' is a mandatory parameter for realm config. Found invalid config for realm: 'saml1': [${section}.order] is missing`,
  )
})

test('a required setting may not be blank', () => {
  expect(() => read({ 'sp.acs': ' ' })).toThrow(`The configuration setting [${section}.sp.acs] is required`)
})

test('an unknown setting is refused with the nearest known one', () => {
  expect(() => read({ 'sp.log_out': 'x' })).toThrow(
    `unknown setting [${section}.sp.log_out] did you mean [${section}.sp.logout]?`,
  )
})

test('an unknown setting that resembles nothing is refused', () => {
  expect(() => read({ zzz: 'x' })).toThrow(
    `unknown setting [${section}.zzz] please check that any required plugins are installed, or check the breaking changes documentation for removed settings`,
  )
})

test.each(['ssl.truststore.path', 'ssl.key', 'ssl.supported_protocols'])(
  'what a node could do to fetch metadata and this emulator cannot is refused: %s',
  (name) => {
    expect(() => read({ [name]: 'x' })).toThrow(
      `the setting [${section}.${name}] is not supported by this emulator, which fetches metadata with [${section}.ssl.certificate_authorities] and [${section}.ssl.verification_mode] only`,
    )
  },
)

test.each(['yes', 'True', '1', ''])('%j is neither true nor false', (value) => {
  expect(() => read({ force_authn: value })).toThrow(
    `the setting [${section}.force_authn] is [${value}], only [true] or [false] are allowed`,
  )
})

test('a list is no single value', () => {
  expect(() => read({ 'sp.logout': ['a'] })).toThrow(`the setting [${section}.sp.logout] must be a single value`)
})

test('an order is an integer', () => {
  expect(() => read({ order: '1.5' })).toThrow(`Failed to parse value [1.5] for setting [${section}.order]`)
})

test('a skew is a time', () => {
  expect(() => read({ allowed_clock_skew: 'soon' })).toThrow(
    `failed to parse setting [${section}.allowed_clock_skew] with value [soon] as a time value`,
  )
})

test('a list may be written with commas', () => {
  expect(configOf({ req_authn_context_class_ref: 'urn:a, urn:b,' })?.requestedAuthnContext).toEqual(['urn:a', 'urn:b'])
})

test('a realm that is switched off is none, whatever else it lacks', () => {
  expect(readRealmSettings(settingsOf({ enabled: 'false' }))).toBeUndefined()
})

test('signing.saml_messages without a key is refused', () => {
  expect(() => read({ 'signing.saml_messages': '*' })).toThrow(
    `The setting [${section}.signing.saml_messages] cannot be specified if there are no signing credentials`,
  )
})

test('signing.saml_messages chooses what is signed', () => {
  const given = { ...signing, 'signing.saml_messages': ['AuthnRequest', 'LogoutResponse'] }
  expect(configOf(given)?.signedMessages).toEqual(new Set(['AuthnRequest', 'LogoutResponse']))
})

test('signing.saml_messages names only what can be signed', () => {
  expect(() => read({ ...signing, 'signing.saml_messages': ['Response'] })).toThrow(
    `the setting [${section}.signing.saml_messages] names [Response], expected *, AuthnRequest, LogoutRequest, LogoutResponse`,
  )
})

test('the settings say where the keys and the metadata are', () => {
  const encryption = { 'encryption.keystore.path': 'keys.p12' }
  expect(read({ ...signing, ...encryption })?.files).toMatchObject({
    metadata: { kind: 'file', path: 'idp.xml' },
    signing: { use: 'signing', source: { kind: 'pem', keyPath: 'sp.key' } },
    encryption: { use: 'encryption', source: { kind: 'keystore', path: 'keys.p12' } },
  })
})
