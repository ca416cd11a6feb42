import { expect, test } from 'vitest'
import { refusal } from '../refusals.test-support.ts'
import { spMetadata } from './metadata.test-support.ts'
import { parseAllSpMetadata, writeSpMetadata } from './sp-metadata.ts'

const entityOf = (entityId: string) => writeSpMetadata({ ...spMetadata, entityId }).replace(/^<\?xml[^>]*>/, '')
const [one, two, three] = ['one', 'two', 'three'].map((name) => entityOf(`https://${name}.test/`)) as [
  string,
  string,
  string,
]
const group = (...members: string[]) =>
  `<md:EntitiesDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata">${members.join('')}</md:EntitiesDescriptor>`
const namesOf = (document: string, entityIds?: readonly string[]) =>
  parseAllSpMetadata(document, { entityIds }).map(({ entityId }) => entityId)

test('every service provider of a group is read, those of groups in it too', () => {
  expect(namesOf(group(one, group(two, three)))).toEqual([
    'https://one.test/',
    'https://two.test/',
    'https://three.test/',
  ])
})

test('of a group only those are read that are named, in that order, whatever is wrong with the others', () => {
  const document = group(one, two.replace('https://sp.test/slo', 'javascript:x'), three)
  expect(namesOf(document, ['https://three.test/', 'https://one.test/'])).toEqual([
    'https://three.test/',
    'https://one.test/',
  ])
})

test('a named one that is not there is refused with those that are', () => {
  expect(() => namesOf(group(one, two), ['https://one.test/', 'https://four.test/'])).toThrow(
    refusal(
      'SAML_METADATA',
      'the metadata has SPSSODescriptor for [https://one.test/, https://two.test/], expected the SPSSODescriptor of [https://four.test/]',
    ),
  )
})

test('a group that describes one twice is refused', () => {
  expect(() => namesOf(group(one, two, one))).toThrow(
    refusal('SAML_METADATA', 'the metadata describes [https://one.test/] twice'),
  )
})

const deep = (depth: number): string => (depth === 0 ? one : group(deep(depth - 1)))

test.each([
  [
    'an address that is none',
    [/https:\/\/sp.test\/slo/, 'ftp://sp.test/'],
    'the endpoint [ftp://sp.test/] is not a plain http or https address',
  ],
  [
    'an index that is none',
    [/index="1"/, 'index="one"'],
    'the index [one] of an AssertionConsumerService is no number up to 65535',
  ],
  [
    'an index that is too large',
    [/index="1"/, 'index="65536"'],
    'the index [65536] of an AssertionConsumerService is no number up to 65535',
  ],
  [
    'no AssertionConsumerService',
    [/<md:AssertionConsumerService[^>]*>/, ''],
    'the SPSSODescriptor has no AssertionConsumerService, expected at least one',
  ],
] as const)('a group is refused for one with %s, which is named', (_case, [from, to], says) => {
  expect(() => namesOf(group(one, two.replace(from, to)))).toThrow(
    refusal('SAML_METADATA', `[https://two.test/]: ${says}`),
  )
})

test.each([
  ['no entityID', one.replace(/ entityID="[^"]*"/, ''), 0],
  ['an empty entityID', one.replace(/ entityID="[^"]*"/, ' entityID=""'), 0],
  ['an entityID of 1025 characters', entityOf(`urn:${'x'.repeat(1021)}`), 1025],
])('metadata with %s is refused', (_case, document, length) => {
  expect(() => namesOf(document)).toThrow(
    refusal('SAML_METADATA', `an entityID has ${length} characters, expected between 1 and 1024`),
  )
})

test.each([
  ['validUntil', 'tomorrow', 'an instant such as 2031-05-04T12:00:00.000Z'],
  ['cacheDuration', 'PT', 'a duration such as PT6H'],
  ['cacheDuration', '-PT1H', 'a duration such as PT6H'],
])('a %s of [%s] is refused', (attribute, value, expected) => {
  expect(() => namesOf(one.replace('<md:EntityDescriptor', `$& ${attribute}="${value}"`))).toThrow(
    refusal('SAML_INSTANT', `[${value}] is not ${expected}`),
  )
})

test('a document that is too deep is read no further', () => {
  expect(() => namesOf(deep(70))).toThrow(expect.objectContaining({ code: 'SAML_TOO_LARGE' }))
})

test('the shortest cacheDuration counts among the role, its entity and the documents around it', () => {
  const dated = two
    .replace('<md:SPSSODescriptor', '$& cacheDuration="PT2H"')
    .replace('<md:EntityDescriptor', '$& cacheDuration="P1DT1.5S"')
  const document = group(one, dated).replace('<md:EntitiesDescriptor', '$& cacheDuration="PT3H"')
  expect(parseAllSpMetadata(document).map(({ cacheMs }) => cacheMs)).toEqual([3 * 3_600_000, 2 * 3_600_000])
})

test('metadata without a cacheDuration says nothing of when to fetch it again', () => {
  expect(parseAllSpMetadata(one)[0]?.cacheMs).toBeUndefined()
})
