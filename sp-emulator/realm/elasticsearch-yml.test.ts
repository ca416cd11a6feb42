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
  expect(parseElasticsearchYml(null)).toEqual({ realms: [], tokenTimeoutMs: undefined })
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
    'SAML realms need tokens, but [xpack.security.authc.token.enabled] is [false]',
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

test.each(['999ms', '61m', '1d', '0'])('access tokens may not live for %s', (time) => {
  expect(() => read(`xpack.security.authc.token.timeout: ${time}`)).toThrow(
    `the setting [xpack.security.authc.token.timeout] is [${time}], expected a time from [1s] to [1h]`,
  )
})

test.each(['20', '20 m', '-1s', 'm', '1.5h', '[1s]x'])('%j is no time', (time) => {
  expect(() => read(`xpack.security.authc.token.timeout: "${time}"`)).toThrow(
    `failed to parse setting [xpack.security.authc.token.timeout] with value [${time}] as a time value`,
  )
})
