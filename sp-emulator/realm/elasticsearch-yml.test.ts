import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { parseElasticsearchYml } from './elasticsearch-yml.ts'

const read = (yaml: string) => parseElasticsearchYml(parse(yaml))
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

test('a list stays a list, and nothing is no setting', () => {
  const [only] = read(`${realm}.a: {req_authn_context_class_ref: [urn:a, urn:b], sp.logout: }`).realms
  expect(only?.values).toEqual(new Map([['req_authn_context_class_ref', ['urn:a', 'urn:b']]]))
})

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

test('a realm that is a value is refused', () => {
  expect(() => read(`${realm}: {a: yes}`)).toThrow(`[${realm}.a] must hold the settings of a realm`)
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
