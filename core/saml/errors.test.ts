import { expect, test } from 'vitest'
import { SamlError } from './errors.ts'

test('a SamlError carries a code for programs, a sentence for people, facts for the journal and its cause', () => {
  const cause = new Error('invalid distance')
  const error = new SamlError('SAML_DEFLATE', 'the message is not raw DEFLATE', { truncated: false }, { cause })
  expect(error).toBeInstanceOf(Error)
  expect(error).toMatchObject({
    name: 'SamlError',
    code: 'SAML_DEFLATE',
    message: 'the message is not raw DEFLATE',
    facts: { truncated: false },
    cause,
  })
})

test('a SamlError without facts has an empty record of them', () => {
  expect(new SamlError('SAML_REPLAY', 'seen before').facts).toEqual({})
})
