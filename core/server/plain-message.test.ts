import { expect, test } from 'vitest'
import { z } from 'zod'
import { plainMessage } from './plain-message.ts'

const text = z.string().min(1)

function messageOf(schema: z.ZodType, value: unknown): string | undefined {
  return schema.safeParse(value, { error: plainMessage }).error?.issues[0]?.message
}

test.each<[z.ZodType, unknown, string]>([
  [text, undefined, 'expected a text, found nothing'],
  [text, null, 'expected a text, found nothing'],
  [text, 5, 'expected a text, found the number 5'],
  [text, '', 'expected a text that is not empty, found an empty text'],
  [text, true, 'expected a text, found true'],
  [z.array(text), 'alice', 'expected a list, found the text "alice"'],
  [z.strictObject({}), ['alice'], 'expected a mapping, found a list'],
  [z.record(text, text), 1, 'expected a mapping, found the number 1'],
  [z.record(text, text), { '': 'a' }, 'expected a name that is not empty, found an empty text'],
  [z.number(), 'ten', 'expected a number, found the text "ten"'],
  [z.number(), Number.NaN, 'expected a number, found the number NaN'],
  [z.number().positive(), 0, 'expected a number above 0, found the number 0'],
  [z.number().nonnegative(), -1, 'expected a number of at least 0, found the number -1'],
  [z.boolean(), {}, 'expected true or false, found a mapping'],
  [z.enum(['a', 'b']), 'c', 'expected one of a, b, found the text "c"'],
])('a mistake is told by what was expected and what was found', (schema, value, message) => {
  expect(messageOf(schema, value)).toBe(message)
})

test.each([
  ['x'.repeat(40), 'x'.repeat(40)],
  ['x'.repeat(41), `${'x'.repeat(39)}…`],
])('of a text at most 40 characters are shown', (given, shown) => {
  expect(messageOf(z.number(), given)).toBe(`expected a number, found the text "${shown}"`)
})

test('a text of several lines is shown as one', () => {
  expect(messageOf(z.number(), 'a\nb')).toBe('expected a number, found the text "a\\nb"')
})

test('of what is no value zod speaks for itself', () => {
  expect(messageOf(z.strictObject({}), { a: 1 })).toBe('Unrecognized key: "a"')
})
