import { expect, test } from 'vitest'
import type { SamlErrorCode } from '../errors.ts'
import type { Check } from './ask-all.ts'
import { verdictOf } from './verdict.ts'

const check = (code: SamlErrorCode, holds: boolean | null) => ({ code, holds }) as Check

test('the first broken rule is why a message is refused', () => {
  const checks = [check('SAML_XML', true), check('SAML_ISSUER', false), check('SAML_EXPIRED', false)]
  expect(verdictOf(checks)).toEqual({ accepted: false, refusal: 'SAML_ISSUER' })
})

test('what could not be asked refuses nothing', () => {
  const checks = [check('SAML_SIGNATURE', null), check('SAML_ISSUER', true)]
  expect(verdictOf(checks)).toEqual({ accepted: true, refusal: null })
})
