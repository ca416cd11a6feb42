import { expect, test } from 'vitest'
import { readAttributeSettings } from './attribute-settings.ts'
import type { SettingValue } from './flat-settings.ts'
import { SettingReader } from './setting-reader.ts'
import { section, settingsOf } from './settings.test-support.ts'

const read = (given: Record<string, SettingValue>) =>
  readAttributeSettings(new SettingReader(settingsOf({ 'attributes.principal': 'nameid', ...given })))

test('each property has its attribute and its pattern', () => {
  const given = ['groups', 'name', 'mail', 'dn'].flatMap((name) => [
    [`attributes.${name}`, `urn:${name}`],
    [`attribute_patterns.${name}`, `^${name}-(.+)$`],
  ])
  const { attributes, attributePatterns } = read({
    ...Object.fromEntries(given),
    'attribute_patterns.principal': '(.)',
  })
  expect(attributes).toEqual({
    principal: 'nameid',
    groups: 'urn:groups',
    name: 'urn:name',
    mail: 'urn:mail',
    dn: 'urn:dn',
  })
  expect(attributePatterns?.mail?.exec('mail-x')?.[1]).toBe('x')
  expect(Object.keys(attributePatterns ?? {})).toEqual(['principal', 'groups', 'name', 'mail', 'dn'])
})

test('groups may be divided', () => {
  expect(read({ 'attributes.groups': 'g', 'attribute_delimiters.groups': '$' }).groupsDelimiter).toBe('$')
})

test('groups are divided or searched, not both', () => {
  const given = { 'attributes.groups': 'g', 'attribute_delimiters.groups': ',', 'attribute_patterns.groups': '(.+)' }
  expect(() => read(given)).toThrow(
    `Setting [${section}.attribute_patterns.groups] can not be set when [${section}.attribute_delimiters.groups] is set`,
  )
})

test.each(['attribute_delimiters.groups', 'attribute_patterns.groups'])('%s needs attributes.groups', (name) => {
  expect(() => read({ [name]: '(,)' })).toThrow(
    `Setting [${section}.${name}] cannot be set unless [${section}.attributes.groups] is also set`,
  )
})

test('a pattern that JavaScript cannot mean the same is refused with its beginning', () => {
  expect(() => read({ 'attribute_patterns.principal': '(a)b*+c' })).toThrow(
    `the setting [${section}.attribute_patterns.principal] is [(a)b*+c], which cannot be read as Java reads it from [*+c] on`,
  )
})

test('attributes may be private', () => {
  expect(read({ private_attributes: ['a', 'b'] }).privateAttributes).toEqual(['a', 'b'])
})

test('a private attribute describes nobody', () => {
  expect(() => read({ 'attributes.mail': 'mail', private_attributes: 'x,mail' })).toThrow(
    `SAML Attribute [mail] cannot be both configured for [${section}.private_attributes] and [${section}.attributes.mail] settings.`,
  )
})
