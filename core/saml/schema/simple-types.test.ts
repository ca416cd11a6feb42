import { expect, test } from 'vitest'
import { isOfType, type SimpleType } from './simple-types.ts'

test.each<[SimpleType, string[]]>([
  ['string', ['', ' any ']],
  ['anyURI', ['', 'urn:x', 'relative/path', 'https://sp.test/?a=b#c', ' urn:x\n y ']],
  ['ncName', ['_1', 'a', 'é', '名', 'a-b.c·d', ' _1 ']],
  ['boolean', ['true', 'false', '0', '1', ' true ']],
  ['dateTime', ['2031-05-04T12:00:00Z', '2031-05-04T12:00:00.123+02:00']],
  ['unsignedShort', ['0', '1', '65535']],
  ['nonNegativeInteger', ['0', '2', '123456789012345678']],
  ['integer', ['0', '-1', '+1']],
  ['base64', ['', 'AAAA', 'AA==', 'AAA=', 'AA\nAA', ' AAAA ']],
  ['comparison', ['exact', 'minimum', 'maximum', 'better']],
  ['decision', ['Permit', 'Deny', 'Indeterminate']],
])('%s admits what XML Schema says', (type, values) => {
  expect(values.filter((value) => !isOfType(value, type))).toEqual([])
})

test.each<[SimpleType, string[]]>([
  ['anyURI', ['%', 'a#b#c', ':']],
  ['ncName', ['', '1', '-a', 'a:b', 'a b', '#a', "a'b"]],
  ['boolean', ['', 'TRUE', 'yes', '2']],
  ['dateTime', ['', '2031-05-04', '2031-02-31T12:00:00Z', ' 2031-05-04T12:00:00Z']],
  ['unsignedShort', ['', '-1', '65536', '1.0', '0x1', '1e3', 'x']],
  ['nonNegativeInteger', ['', '-1', '1.5']],
  ['integer', ['', '1.0', 'x']],
  ['base64', ['A', 'AA', 'AAA', 'AB==', 'AAB=', 'AA=A', 'AAAA=', '_-__']],
  ['comparison', ['', 'Exact']],
  ['decision', ['', 'permit']],
])('%s refuses what XML Schema refuses', (type, values) => {
  expect(values.filter((value) => isOfType(value, type))).toEqual([])
})
