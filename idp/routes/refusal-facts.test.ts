import { expect, test } from 'vitest'
import { refusalFacts } from './refusal-facts.ts'

test('what was expected and what arrived come first, everything else that is known follows', () => {
  expect(refusalFacts('SAML_DESTINATION', { trustedKeys: 2, actual: 'b', expected: ['a', 'c'] })).toEqual([
    { name: 'Expected', value: 'a, c' },
    { name: 'Arrived', value: 'b' },
    { name: 'Trusted keys', value: '2' },
  ])
})

test('a refusal that compares nothing still says what was expected', () => {
  expect(refusalFacts('SAML_BASE64', {})).toEqual([{ name: 'Expected', value: 'standard base64' }])
})

test('a fact is cut to what a page can show', () => {
  expect(refusalFacts('SAML_ISSUER', { actual: 'x'.repeat(10_000) })[0]?.value).toHaveLength(512)
})
