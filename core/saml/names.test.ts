import { expect, test } from 'vitest'
import { BINDING, LOGOUT_REASON, NAME_ID_FORMAT, NAMESPACE, STATUS } from './names.ts'

test.each([
  [NAMESPACE.protocol, 'urn:oasis:names:tc:SAML:2.0:protocol'],
  [BINDING.redirect, 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'],
  [NAME_ID_FORMAT.transient, 'urn:oasis:names:tc:SAML:2.0:nameid-format:transient'],
  [NAME_ID_FORMAT.emailAddress, 'urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress'],
  [STATUS.partialLogout, 'urn:oasis:names:tc:SAML:2.0:status:PartialLogout'],
  [LOGOUT_REASON.user, 'urn:oasis:names:tc:SAML:2.0:logout:user'],
])('a name is the URI of the specification: %s', (name, uri) => {
  expect(name).toBe(uri)
})
