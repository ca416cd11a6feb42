import { expect, test } from 'vitest'
import { findLogoutMessage } from './logout-message.ts'

test.each([
  ['SAMLRequest=x&RelayState=&SigAlg=y&Signature=z', 'request'],
  ['tenant=7&SAMLResponse=x', 'response'],
  ['RelayState=SAMLRequest%3Dx%26Signature%3Dy&SAMLResponse=x', 'response'],
  ['SAMLRequest=', undefined],
  ['msg=LOGGED_OUT&msg=again', undefined],
  ['%ZZ=1&%=2', undefined],
  ['', undefined],
])('the names in a query say which message it carries: %s', (queryString, message) => {
  expect(findLogoutMessage(queryString)).toBe(message)
})

test.each([
  ['SAMLRequest=x&SAMLRequest=y', 'The address has a parameter of SAML twice.'],
  ['SAMLRequest=x&Signature=a&Signature=b', 'The address has a parameter of SAML twice.'],
  ['SAMLRequ%65st=x', 'The address spells a parameter of SAML with escapes.'],
  ['SAMLRequest=x&Si%67Alg=y', 'The address spells a parameter of SAML with escapes.'],
  ['SAMLRequest=x&SAMLResponse=y', 'The address has a SAMLRequest and a SAMLResponse.'],
])('a query that two readers could read in two ways is refused: %s', (queryString, message) => {
  expect(() => findLogoutMessage(queryString)).toThrow(
    expect.objectContaining({ code: 'AMBIGUOUS_QUERY', status: 400, message }),
  )
})
