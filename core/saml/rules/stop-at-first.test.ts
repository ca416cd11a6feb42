import { expect, test } from 'vitest'
import { SamlError } from '../errors.ts'
import type { Rule } from './rule.ts'
import { stopAtFirst } from './stop-at-first.ts'

test('the first broken rule gives the reason, and none behind it is asked', () => {
  const asked: string[] = []
  const rule = (name: string, breaks: boolean): Rule<string> => ({
    rule: name,
    code: 'SAML_XML',
    clause: '§1',
    ask: () => {
      asked.push(name)
      if (breaks) throw new SamlError('SAML_XML', name)
    },
  })
  const rules = [rule('one', false), rule('two', true), rule('three', true)]
  expect(() => stopAtFirst(rules, '')).toThrow(expect.objectContaining({ code: 'SAML_XML', message: 'two' }))
  expect(asked).toEqual(['one', 'two'])
})
