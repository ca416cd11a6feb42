import { expect, test } from 'vitest'
import { SamlError } from '../errors.ts'
import { askAll } from './ask-all.ts'
import type { Breach } from './hints/hint.ts'
import type { Rule } from './rule.ts'
import { Unaskable } from './unaskable.ts'

const asked = (rule: string, ask: Rule<string>['ask']): Rule<string> => ({ rule, code: 'SAML_XML', clause: '§1', ask })

const refuses = asked('short', (text) => {
  throw new SamlError('SAML_TOO_LARGE', `${text} is too long`, { expected: 2, actual: text.length })
})
const cannotBeAsked = asked('opened', () => {
  throw new Unaskable('nothing could be opened')
})

test('every rule is asked in its order, whatever the ones before said', () => {
  const checks = askAll([refuses, cannotBeAsked, asked('there', () => {})], 'abc')

  expect(checks.map(({ rule, holds }) => ({ rule, holds }))).toEqual([
    { rule: 'short', holds: false },
    { rule: 'opened', holds: null },
    { rule: 'there', holds: true },
  ])
})

test('a broken rule tells the code, the reason, what was expected and what came', () => {
  expect(askAll([refuses], 'abc')).toEqual([
    {
      rule: 'short',
      code: 'SAML_TOO_LARGE',
      clause: '§1',
      holds: false,
      message: 'abc is too long',
      expected: 2,
      actual: 3,
      hint: null,
    },
  ])
})

test('what would have helped is told of a broken rule alone', () => {
  const hint = (text: string, { expected }: Breach) => `${text.length - Number(expected)} less`

  const checks = askAll([refuses, asked('there', () => {}), cannotBeAsked], 'abcd', {
    short: hint,
    there: hint,
    opened: hint,
  })

  expect(checks.map((check) => check.hint)).toEqual(['2 less', null, null])
})

test.each([
  ['a part cannot be had', new Unaskable('nothing could be opened')],
  ['the trusted keys cannot be read', new SamlError('SAML_METADATA', 'there is none')],
])('a hint that finds nothing to look at says nothing: %s', (_why, error) => {
  const short = () => {
    throw error
  }
  expect(askAll([refuses], 'abc', { short })).toMatchObject([{ holds: false, hint: null }])
})

test('a rule that cannot be asked tells what is missing', () => {
  expect(askAll([cannotBeAsked], 'abc')).toMatchObject([{ holds: null, message: 'nothing could be opened' }])
})

test('what a refusal does not say of what was expected and what came, the rule and the reason below it say', () => {
  const cause = new SamlError('SAML_XML', 'it ends in the middle')
  const rule: Rule<string> = {
    ...asked('readable', () => {
      throw new SamlError('SAML_XML', 'it cannot be read', {}, { cause })
    }),
    expects: 'a whole document',
  }

  expect(askAll([rule], '')).toMatchObject([{ expected: 'a whole document', actual: 'it ends in the middle' }])
})

test('what is no refusal of a message is not taken for one', () => {
  const broken = asked('broken', () => {
    throw new TypeError('a mistake of ours')
  })

  expect(() => askAll([broken], 'abc')).toThrow(new TypeError('a mistake of ours'))
})
