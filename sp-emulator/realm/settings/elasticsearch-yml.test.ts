import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { ConfigError } from '#server/config'
import { parseYaml } from '#server/yaml-file'
import { parseElasticsearchYml } from './elasticsearch-yml.ts'
import type { RealmKeys } from './realm-keys.ts'

const read = (yaml: string, realmKeys?: RealmKeys) => {
  const { value, placeOf } = parseYaml(yaml)
  return parseElasticsearchYml(value, { placeOf, realmKeys })
}
const realm = 'xpack.security.authc.realms.saml'

test.each([
  ['dotted', 'xpack.security.authc.realms.saml.saml1.sp.acs: https://sp.test/'],
  ['nested', 'xpack: {security: {authc: {realms: {saml: {saml1: {sp: {acs: https://sp.test/}}}}}}}'],
  ['mixed', 'xpack.security:\n  authc.realms.saml.saml1:\n    sp.acs: https://sp.test/'],
])('keys may be %s', (_form, yaml) => {
  expect(read(yaml).realms).toEqual([
    { name: 'saml1', section: `${realm}.saml1`, values: new Map([['sp.acs', 'https://sp.test/']]) },
  ])
})

test('every realm has its own settings, and the rest of the file is left alone', () => {
  const { realms } = read(`cluster.name: x\n${realm}: {a: {order: 1}, b: {order: 2}}\nnode: {roles: [data]}`)
  expect(realms.map(({ name, values }) => [name, values.get('order')])).toEqual([
    ['a', '1'],
    ['b', '2'],
  ])
})

test('a list stays a list, and the empty text is no setting', () => {
  const [only] = read(`${realm}.a: {req_authn_context_class_ref: [urn:a, urn:b], sp.logout: ""}`).realms
  expect(only?.values).toEqual(new Map([['req_authn_context_class_ref', ['urn:a', 'urn:b']]]))
})

test.each(['', ' # nothing', ' ~', ' null'])('a setting without a value is refused, with its place: %j', (nothing) => {
  const yaml = `cluster.name: x\n${realm}.a:\n  order: 2\n  attributes.groups:${nothing}\n`
  const column = nothing.startsWith(' ') ? 22 : 21
  expect(() => read(yaml)).toThrow(
    new ConfigError(
      `null-valued setting found for key [${realm}.a.attributes.groups] found at line number [4], column number [${column}]`,
    ),
  )
})

test('a section without a value is refused, where its place is not known too', () => {
  expect(() => parseElasticsearchYml({ xpack: { security: null } })).toThrow(
    new ConfigError('null-valued setting found for key [xpack.security]'),
  )
})

test.each(['[{a: b}]', '[[a]]', '[a, ~]'])('a list is one of values: %s', (list) => {
  expect(() => read(`${realm}.a.private_attributes: ${list}`)).toThrow(
    new ConfigError(`the setting [${realm}.a.private_attributes] is a list of something else than values`),
  )
})

test('values may name variables of the environment, else other settings', () => {
  const yaml = `cluster.name: shop\n${realm}.a: {sp.acs: "https://\${HOST}/\${cluster.name}", exclude_roles: ["\${ROLE:none}"], sp.logout: "\${EMPTY}"}`
  const { realms } = parseElasticsearchYml(parse(yaml), { environment: { HOST: 'shop.test', EMPTY: '' } })
  expect(realms[0]?.values).toEqual(
    new Map<string, unknown>([
      ['sp.acs', 'https://shop.test/shop'],
      ['exclude_roles', ['none']],
    ]),
  )
})

test.each(['HOST', 'constructor'])(
  'a variable that is not there is named, and the setting that names it: %s',
  (name) => {
    expect(() => read(`${realm}.a.sp.acs: "https://\${${name}}/"`)).toThrow(
      new ConfigError(`Could not resolve placeholder '${name}' in the setting [${realm}.a.sp.acs]`),
    )
  },
)

test('an empty file has no realms', () => {
  expect(parseElasticsearchYml(null)).toEqual({
    realms: [],
    otherRealms: [],
    tokenTimeoutMs: undefined,
    tokenDeleteIntervalMs: undefined,
  })
})

test('a setting given in two forms is refused', () => {
  expect(() => read(`${realm}.a.order: 1\n${realm}.a: {order: 2}`)).toThrow(
    `the setting [${realm}.a.order] is given twice`,
  )
})

test.each([
  [`${realm}: {a: yes}`, `${realm}.a`],
  [`${realm}: yes`, realm],
  [
    'xpack.security.authc.realms.saml1: {type: saml, order: 2, idp.entity_id: x}',
    'xpack.security.authc.realms.saml1.type, xpack.security.authc.realms.saml1.order',
  ],
])('a realm without its type in the key is refused, as from 7.0 on: %s', (yaml, keys) => {
  expect(() => read(yaml)).toThrow(
    new ConfigError(
      `Incorrect realm settings found. Realm settings have been changed to include the type as part of the setting key. For example 'xpack.security.authc.realms.file.my_file.order' Found invalid config: ${keys} Please see the breaking changes documentation.`,
    ),
  )
})

test('before 7.0 the type of a realm is one of its settings', () => {
  const yaml = 'xpack.security.authc.realms: {saml1: {type: saml, sp.acs: x}, file1: {type: file, order: 0}}'
  expect(read(yaml, 'untyped')).toMatchObject({
    realms: [{ name: 'saml1', section: 'xpack.security.authc.realms.saml1', values: new Map([['sp.acs', 'x']]) }],
    otherRealms: [{ type: 'file', name: 'file1', order: '0' }],
  })
})

test('before 7.0 a realm with its type in the key is refused', () => {
  expect(() => read(`${realm}.saml1.order: 2`, 'untyped')).toThrow(
    new ConfigError('missing realm type [xpack.security.authc.realms.saml.type] for realm'),
  )
})

test('switching tokens off is refused', () => {
  expect(() => read('xpack.security.authc.token.enabled: false')).toThrow(
    'SAML requires that the token service be enabled (xpack.security.authc.token.enabled)',
  )
})

test.each([
  ['1s', 1_000],
  ['90000ms', 90_000],
  ['20m', 1_200_000],
  ['1h', 3_600_000],
])('access tokens may live for %s', (time, ms) => {
  expect(read(`xpack.security.authc.token.timeout: ${time}`).tokenTimeoutMs).toBe(ms)
})

test.each([
  ['999ms', '>= [1s]'],
  ['0', '>= [1s]'],
  ['61m', '<= [1h]'],
  ['3600001ms', '<= [1h]'],
  ['1d', '<= [1h]'],
])('access tokens may not live for %s', (time, limit) => {
  expect(() => read(`xpack.security.authc.token.timeout: ${time}`)).toThrow(
    `failed to parse value [${time}] for setting [xpack.security.authc.token.timeout], must be ${limit}`,
  )
})

test('how often old tokens are deleted can be set', () => {
  expect(read('xpack.security.authc.token.delete.interval: 5m').tokenDeleteIntervalMs).toBe(300_000)
})

test('realms of other types are known by name and order, unless they are switched off', () => {
  const yaml =
    'xpack.security.authc.realms: {native.native1.order: 0, file: {file1: {order: 1}, off: {enabled: false}}}'
  expect(read(yaml).otherRealms).toEqual([
    { type: 'native', name: 'native1', order: '0' },
    { type: 'file', name: 'file1', order: '1' },
  ])
})

test.each(['sa ml', 'säml'])('the name of a realm is not %j', (name) => {
  expect(() => read(`${realm}: {"${name}": {order: 1}}`)).toThrow(
    `unknown setting [${realm}.${name}]: the name of a realm has only letters, digits, - and _`,
  )
})
