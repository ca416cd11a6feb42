import type { Check } from '#saml/rules/ask-all'
import type { Explained } from './explained.ts'

const check = (rule: string, differs: Partial<Check>): Check => ({
  ...{ rule, code: 'SAML_SIGNATURE', holds: true, message: null, expected: null, actual: null, hint: null },
  clause: 'saml-bindings-2.0 §3.4.4.1',
  ...differs,
})

export const accepted: Explained = {
  ...{ kind: 'LogoutRequest', binding: 'redirect', id: '_1', from: 'https://idp.test', to: 'https://sp.test/slo' },
  ...{ document: '<a/>', accepted: true, refusal: null, checks: [check('readable', {})] },
}

export const refused: Explained = {
  ...accepted,
  ...{ accepted: false, refusal: 'SAML_SIGNATURE', realm: 'saml1', wouldInvalidate: 0 },
  checks: [
    check('readable', {}),
    check('signedByTheIdp', {
      ...{ holds: false, message: 'the signature does not verify', expected: ['a', 1], actual: 'none\u001b[31m' },
      hint: 'it verifies with upper-case escapes',
    }),
    check('inResponseTo', { holds: null, message: 'nobody said what is pending' }),
  ],
  nearest: [{ token: '7c1e', differsIn: ['spNameQualifier', 'sessionIndex'] }],
}
