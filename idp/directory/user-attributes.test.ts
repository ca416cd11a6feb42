import { expect, test } from 'vitest'
import { ATTRIBUTE_NAME_FORMAT } from '#saml/names'
import { userAttributes } from './user-attributes.ts'

const erin = { name: 'erin', email: 'erin@example.test', displayName: 'Erin', groups: ['a', 'b'] }

test('a user is described by object identifier, with the short name beside it', () => {
  const nameFormat = 'urn:oasis:names:tc:SAML:2.0:attrname-format:uri'
  expect(userAttributes(erin)).toEqual([
    { name: 'urn:oid:0.9.2342.19200300.100.1.1', nameFormat, friendlyName: 'uid', values: ['erin'] },
    { name: 'urn:oid:0.9.2342.19200300.100.1.3', nameFormat, friendlyName: 'mail', values: ['erin@example.test'] },
    { name: 'urn:oid:2.16.840.1.113730.3.1.241', nameFormat, friendlyName: 'displayName', values: ['Erin'] },
    { name: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', nameFormat, friendlyName: 'groups', values: ['a', 'b'] },
  ])
})

test('a configured attribute is added under its own name, also one that JavaScript knows', () => {
  const [last] = userAttributes({ ...erin, attributes: { constructor: ['x'] } }).slice(-1)
  expect(last).toMatchObject({ name: 'constructor', values: ['x'] })
})

test('an attribute without values is left out', () => {
  const names = userAttributes({ ...erin, groups: [] }).map(({ friendlyName }) => friendlyName)
  expect(names).toEqual(['uid', 'mail', 'displayName'])
})

test('a service provider may have Names of its own for the attributes that it gets', () => {
  const names = { email: 'mail', 'urn:test:team': 'team', 'https://sp.test/role': 'groups' }
  const { basic, uri } = ATTRIBUTE_NAME_FORMAT
  expect(userAttributes({ ...erin, attributes: { team: ['red'] } }, names)).toEqual([
    { name: 'email', nameFormat: basic, friendlyName: 'mail', values: ['erin@example.test'] },
    { name: 'urn:test:team', nameFormat: uri, friendlyName: 'team', values: ['red'] },
    { name: 'https://sp.test/role', nameFormat: uri, friendlyName: 'groups', values: ['a', 'b'] },
  ])
})

test('what this user has not is left out, also what JavaScript knows', () => {
  expect(userAttributes(erin, { team: 'team', b: 'constructor', c: 'toString' })).toEqual([])
})
