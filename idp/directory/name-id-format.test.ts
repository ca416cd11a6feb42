import { expect, test } from 'vitest'
import { NAME_ID_FORMAT } from '#saml/names'
import { makeSp } from '../sp.test-support.ts'
import { chooseNameIdFormat } from './name-id-format.ts'

const { metadata } = await makeSp('orders')
const { transient, persistent, emailAddress, unspecified, entity } = NAME_ID_FORMAT
const own = 'urn:test:staff-number'
const windows = 'urn:oasis:names:tc:SAML:1.1:nameid-format:WindowsDomainQualifiedName'
interface Given {
  readonly asked?: string
  readonly listed?: readonly string[]
  readonly world?: string
}
const chosen = ({ asked, listed = [], world }: Given) =>
  chooseNameIdFormat({ format: asked }, { metadata: { ...metadata, nameIdFormats: listed }, nameIdFormat: world })

test.each<[string, Given, string]>([
  ['transient, where nobody says anything', {}, transient],
  ['the one that its metadata lists', { listed: [emailAddress] }, emailAddress],
  ['transient, where its metadata lists it among others', { listed: [emailAddress, transient] }, transient],
  ['the first in its metadata that is known here', { listed: [windows, persistent, emailAddress] }, persistent],
  ['transient, where nothing in its metadata is known here', { listed: [windows] }, transient],
  ['what the world says, whatever its metadata lists', { listed: [emailAddress], world: persistent }, persistent],
  ['what it asks for, whatever the world says', { asked: transient, world: persistent }, transient],
  ['what it asks for, whatever its metadata lists', { asked: emailAddress, listed: [persistent] }, emailAddress],
  ['its own, where the world says so', { asked: own, world: own }, own],
  ['the one that its metadata lists, where it asks for any', { asked: unspecified, listed: [persistent] }, persistent],
  ['unspecified, where it asks for any and nobody says more', { asked: unspecified }, unspecified],
])('a service provider gets a NameID of the Format %s', (_case, given, format) => {
  expect(chosen(given)).toBe(format)
})

test.each([
  ['not known here', { asked: entity }],
  ['the own one of somebody else', { asked: own, world: persistent }],
  ['only listed in its metadata', { asked: windows, listed: [windows] }],
])('a Format that is %s cannot be made', (_case, given) => {
  expect(chosen(given)).toBeUndefined()
})

test('a policy without a Format leaves the choice open, as no policy does', () => {
  const sp = { metadata: { ...metadata, nameIdFormats: [persistent] } }
  expect([chooseNameIdFormat({ allowCreate: true }, sp), chooseNameIdFormat(undefined, sp)]).toEqual([
    persistent,
    persistent,
  ])
})
