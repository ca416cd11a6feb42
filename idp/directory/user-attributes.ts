import type { Attribute } from '#saml/messages/assertion'
import { ATTRIBUTE_NAME_FORMAT } from '#saml/names'
import type { User } from './users.ts'

/** The attributes that every user has, each with its object identifier (saml-profiles-2.0 §8.2). */
const standard = {
  uid: { oid: 'urn:oid:0.9.2342.19200300.100.1.1', of: ({ name }: User) => [name] },
  mail: { oid: 'urn:oid:0.9.2342.19200300.100.1.3', of: ({ email }: User) => [email] },
  displayName: { oid: 'urn:oid:2.16.840.1.113730.3.1.241', of: ({ displayName }: User) => [displayName] },
  groups: { oid: 'urn:oid:1.3.6.1.4.1.5923.1.5.1.1', of: ({ groups }: User) => groups },
}

export const standardAttributes = Object.keys(standard)

/** By the Name in an Assertion the attribute of the user: `uid`, `mail`, `displayName`, `groups` or a configured one. */
export type AttributeNames = Readonly<Record<string, string>>

/**
 * What an assertion says about a user: the LDAP attributes by their object identifiers, then the configured ones; or those, under those Names, that a
 * service provider is to get. What a user has no value of is left out.
 */
export function userAttributes(user: User, names?: AttributeNames): readonly Attribute[] {
  const attributes = names === undefined ? everyAttribute(user) : namedAttributes(user, names)
  return attributes.filter(({ values }) => values.length > 0)
}

function everyAttribute(user: User): readonly Attribute[] {
  const { uri: nameFormat, unspecified } = ATTRIBUTE_NAME_FORMAT
  const usual = Object.entries(standard).map(([friendlyName, { oid, of }]) => {
    return { name: oid, nameFormat, friendlyName, values: of(user) }
  })
  const further = Object.entries(user.attributes ?? {}).map(([name, values]) => {
    return { name, nameFormat: unspecified, friendlyName: name, values }
  })
  return [...usual, ...further]
}

function namedAttributes(user: User, names: AttributeNames): readonly Attribute[] {
  return Object.entries(names).map(([name, friendlyName]) => {
    return { name, nameFormat: formatOf(name), friendlyName, values: valuesOf(user, friendlyName) }
  })
}

function valuesOf(user: User, attribute: string): readonly string[] {
  if (user.attributes !== undefined && Object.hasOwn(user.attributes, attribute))
    return user.attributes[attribute] ?? []
  return Object.hasOwn(standard, attribute) ? standard[attribute as keyof typeof standard].of(user) : []
}

/** saml-core-2.0 §8.2: a Name that is a URI, or one that is a plain word. */
function formatOf(name: string): string {
  return URL.canParse(name) ? ATTRIBUTE_NAME_FORMAT.uri : ATTRIBUTE_NAME_FORMAT.basic
}
