import { expect, test } from 'vitest'
import { z } from 'zod'
import { ConfigError } from '#server/config'
import { readValue } from '../world/read-value.ts'
import { tokensGivenSchema, tokensListSchema, tokensWantedSchema } from './token-schema.ts'

const read = (given: unknown) => readValue(tokensWantedSchema, given, 'the tokens')
const alice = { realm: 'saml1', username: 'alice' }

test.each([
  alice,
  { ...alice, nameId: null, sessionIndex: null },
  { ...alice, nameId: { value: '_1' } },
  { ...alice, nameId: { value: '_1', format: null, nameQualifier: 'q', spNameQualifier: 'urn:sp', spProvidedId: '7' } },
  { ...alice, username: 'ali\u{1F600}ce <&> ”', sessionIndex: '_1 2' },
  { ...alice, username: 'x'.repeat(4_096) },
])('a login is said by %o', (wanted) => {
  expect(read(wanted)).toEqual(wanted)
})

test.each<[unknown, string]>([
  [undefined, 'the tokens: expected a mapping, found nothing'],
  [[], 'the tokens: expected a mapping, found a list'],
  [{ realm: 'saml1' }, 'username: expected a text, found nothing'],
  [{ username: 'alice' }, 'realm: expected a text, found nothing'],
  [{ ...alice, realm: 7 }, 'realm: expected a text, found the number 7'],
  [{ ...alice, username: '' }, 'username: expected a text that is not empty, found an empty text'],
  [{ ...alice, sessionindex: '_1' }, 'sessionindex: unknown key, did you mean sessionIndex?'],
  [{ ...alice, sessionIndex: ['_1'] }, 'sessionIndex: expected a text, found a list'],
  [{ ...alice, sessionIndex: '' }, 'sessionIndex: expected a text that is not empty, found an empty text'],
  [{ ...alice, nameId: '_1' }, 'nameId: expected a mapping, found the text "_1"'],
  [{ ...alice, nameId: {} }, 'nameId.value: expected a text, found nothing'],
  [{ ...alice, nameId: { value: null } }, 'nameId.value: expected a text, found nothing'],
  [{ ...alice, nameId: { value: '_1', Format: 'f' } }, 'nameId.Format: unknown key'],
  [{ ...alice, nameId: { value: '_1', format: true } }, 'nameId.format: expected a text, found true'],
  [
    { ...alice, nameId: { value: 'a\u0000' } },
    'nameId.value: it holds the character U+0000 at position 2, which cannot be written there',
  ],
  [{ ...alice, username: '\uD800' }, 'username: it holds the character U+D800 at position 1'],
  [{ ...alice, username: 'x'.repeat(4_097) }, 'username: it has more than 4096 characters'],
])('what no Assertion can say is refused by its path: %#', (given, message) => {
  expect(() => read(given)).toThrow(ConfigError)
  expect(() => read(given)).toThrow(message)
})

test('the schemas can be told to programs as JSON Schema', () => {
  for (const schema of [tokensWantedSchema, tokensGivenSchema, tokensListSchema]) {
    expect(z.toJSONSchema(schema, { io: 'input' })).toMatchObject({ type: 'object' })
  }
})
