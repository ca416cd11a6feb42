import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import type { SettingValue } from './flat-settings.ts'
import { readRealmSettings } from './realm-settings.ts'
import { required, section, settingsOf } from './settings.test-support.ts'

/** Each setting whose text goes into XML, a header, an address or the name of a file, with what it needs beside it. */
const texts: readonly (readonly [name: string, beside?: Readonly<Record<string, SettingValue>>])[] = [
  ['idp.entity_id'],
  ['idp.metadata.path'],
  ['sp.entity_id'],
  ['sp.acs'],
  ['sp.logout'],
  ['nameid_format'],
  ['nameid.sp_qualifier'],
  ['attributes.principal'],
  ['attributes.groups'],
  ['attributes.name'],
  ['attributes.mail'],
  ['attributes.dn'],
  ['req_authn_context_class_ref'],
  ['private_attributes'],
  ['exclude_roles'],
  ['authorization_realms'],
  ['ssl.certificate_authorities', { 'idp.metadata.path': 'https://idp.test/' }],
  ['ssl.verification_mode', { 'idp.metadata.path': 'https://idp.test/' }],
  ['signing.key', { 'signing.certificate': 'x' }],
  ['signing.certificate', { 'signing.key': 'x' }],
  ['signing.keystore.path'],
  ['signing.keystore.alias', { 'signing.keystore.path': 'x' }],
  ['signing.keystore.type', { 'signing.keystore.path': 'x' }],
  ['signing.saml_messages', { 'signing.key': 'x', 'signing.certificate': 'x' }],
  ['encryption.key', { 'encryption.certificate': 'x' }],
  ['encryption.certificate', { 'encryption.key': 'x' }],
  ['encryption.keystore.path'],
]

const characters: readonly (readonly [kind: string, character: string, code: string])[] = [
  ['nothing', '\0', '0000'],
  ['a bell', '\u0007', '0007'],
  ['a tab', '\t', '0009'],
  ['a line feed', '\n', '000A'],
  ['a carriage return', '\r', '000D'],
  ['an escape', '\u001B', '001B'],
  ['a delete', '\u007F', '007F'],
  ['a control character of C1', '\u0085', '0085'],
  ['a soft hyphen', '\u00AD', '00AD'],
  ['a letter mark of Arabic', '\u061C', '061C'],
  ['a space without width', '\u200B', '200B'],
  ['a mark from left to right', '\u200E', '200E'],
  ['a separator of lines', '\u2028', '2028'],
  ['a separator of paragraphs', '\u2029', '2029'],
  ['an override from right to left', '\u202E', '202E'],
  ['an isolate', '\u2066', '2066'],
  ['a byte order mark', '\uFEFF', 'FEFF'],
  ['a tag', '\u{E0041}', 'E0041'],
  ['half of a character', '\uD800', 'D800'],
  ['the other half', '\uDC00', 'DC00'],
  ['no character', '\uFFFE', 'FFFE'],
  ['no character in another plane', '\u{1FFFF}', '1FFFF'],
]

const read = (given: Readonly<Record<string, SettingValue>>) => readRealmSettings(settingsOf({ ...required, ...given }))

test.each(characters)(
  '%s is in no text that is sent or named, and the sentence says where: %j',
  (_kind, character, code) => {
    for (const [name, beside] of texts) {
      const given = { ...beside, [name]: `https://sp${character}.test/` }
      expect(() => read(given), name).toThrow(
        new ConfigError(
          `the setting [${section}.${name}] has the character U+${code} in it, which can be neither seen nor sent`,
        ),
      )
    }
  },
)

test.each(characters)('%s is not in one of several either: %j', (_kind, character, code) => {
  for (const name of ['req_authn_context_class_ref', 'private_attributes', 'exclude_roles', 'authorization_realms']) {
    expect(() => read({ [name]: ['urn:a', `urn:${character}b`] }), name).toThrow(
      new ConfigError(
        `the setting [${section}.${name}] has the character U+${code} in it, which can be neither seen nor sent`,
      ),
    )
  }
})

test.each([
  'order',
  'enabled',
  'force_authn',
  'nameid.allow_create',
  'idp.use_single_logout',
  'populate_user_metadata',
  'allowed_clock_skew',
  'idp.metadata.http.refresh',
  'idp.metadata.http.minimum_refresh',
  'idp.metadata.http.fail_on_error',
  'idp.metadata.http.connect_timeout',
  'idp.metadata.http.read_timeout',
])('a number, a time or a choice is none with such a character: %s', (name) => {
  for (const [, character] of characters) {
    const given = { 'idp.metadata.path': 'https://idp.test/', [name]: `1${character}s` }
    expect(() => read(given)).toThrow(
      expect.objectContaining({ constructor: ConfigError, message: expect.stringContaining(`[${section}.${name}]`) }),
    )
  }
})

test('what is looked for in texts, and secrets, may have any character', () => {
  const given = {
    'attributes.groups': 'groups',
    'attribute_delimiters.groups': '\t',
    'attributes.mail': 'mail',
    'attribute_patterns.mail': '^(.*)\u200B$',
    'encryption.keystore.path': 'keys.p12',
    'encryption.keystore.secure_password': '\u0007',
  }
  const config = read(given)
  expect(config?.files.encryption?.source).toMatchObject({ password: '\u0007' })
  expect(config?.toConfig({ signing: undefined, encryption: [] }).groupsDelimiter).toBe('\t')
})

test('names in other scripts are seen and sent', () => {
  const names = {
    'sp.entity_id': 'https://müller.test/ø/日本',
    'attributes.name': 'имя',
    'attributes.mail': 'الاسم 😀',
  }
  expect(read(names)).toBeDefined()
})
