import type { Attribute } from '#saml/messages/assertion'
import { ATTRIBUTE_NAME_FORMAT } from '#saml/names'
import type { User } from './users.ts'

const uri = (name: string, friendlyName: string, values: readonly string[]): Attribute => {
  return { name, nameFormat: ATTRIBUTE_NAME_FORMAT.uri, friendlyName, values }
}

/** What an assertion says about a user: the LDAP attributes by their object identifiers (saml-profiles-2.0 §8.2), then the configured ones. */
export function userAttributes(user: User): readonly Attribute[] {
  const further = Object.entries(user.attributes ?? {}).map(([name, values]) => {
    return { name, nameFormat: ATTRIBUTE_NAME_FORMAT.unspecified, friendlyName: name, values }
  })
  return [
    uri('urn:oid:0.9.2342.19200300.100.1.1', 'uid', [user.name]),
    uri('urn:oid:0.9.2342.19200300.100.1.3', 'mail', [user.email]),
    uri('urn:oid:2.16.840.1.113730.3.1.241', 'displayName', [user.displayName]),
    uri('urn:oid:1.3.6.1.4.1.5923.1.5.1.1', 'groups', user.groups),
    ...further,
  ].filter(({ values }) => values.length > 0)
}
