import { AUTHN_CONTEXT, CONFIRMATION_METHOD, NAME_ID_FORMAT } from '../names.ts'
import type { Assertion } from './assertion.ts'

/** Messages with every member that is written, for tests to vary. */

export const noon = Date.UTC(2031, 4, 4, 12)

export const header = {
  id: '_1',
  issueInstant: noon,
  version: '2.0',
  issuer: 'https://idp.test/',
  destination: 'https://sp.test/slo',
}

export const nameId = {
  value: 'alice <&> "é"\r\n',
  format: NAME_ID_FORMAT.transient,
  nameQualifier: 'https://idp.test/',
  spNameQualifier: 'https://sp.test/',
  spProvidedId: 'a&b',
}

export const assertion: Assertion = {
  id: '_a',
  issueInstant: noon,
  issuer: 'https://idp.test/',
  subject: {
    nameId,
    confirmations: [
      {
        method: CONFIRMATION_METHOD.bearer,
        data: { recipient: 'https://sp.test/acs', inResponseTo: '_0', notBefore: noon, notOnOrAfter: noon + 300_000 },
      },
    ],
  },
  conditions: {
    notBefore: noon,
    notOnOrAfter: noon + 300_000,
    audienceRestrictions: [['https://sp.test/', 'https://other.test/'], ['https://sp.test/']],
  },
  authnStatements: [
    {
      authnInstant: noon,
      sessionIndex: '_s',
      sessionNotOnOrAfter: noon + 3_600_000,
      classRef: AUTHN_CONTEXT.passwordProtectedTransport,
    },
  ],
  attributes: [
    { name: '__proto__', nameFormat: 'urn:f', friendlyName: 'p', values: ['x'] },
    { name: 'groups', nameFormat: undefined, friendlyName: undefined, values: ['a', '', 'b<c'] },
  ],
}
