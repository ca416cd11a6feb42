import type { Assertion, Attribute } from '#saml/messages/assertion'
import { trimmed } from '../judge/message.ts'
import type { UserProperty, UserSettings } from '../realm-config.ts'
import { refuse } from '../refusals.ts'
import type { SamlPrincipal } from '../saml-realm.ts'
import { getPropertyValues } from './attribute-values.ts'

/**
 * Maps the attributes of an Assertion to a user (spec §6.3). Values are kept as they were sent; of several for one property the first counts.
 * @throws SamlError SAML_ATTRIBUTES when there is neither an attribute nor a NameID, or no principal among them.
 */
export function mapPrincipal(assertion: Assertion, config: UserSettings): SamlPrincipal {
  if (assertion.attributes.length === 0 && assertion.subject?.nameId === undefined) {
    throw refuse('SAML_ATTRIBUTES', `Could not process any SAML attributes in Assertion [${assertion.id}]`, {
      expected: config.attributes.principal,
      actual: [],
    })
  }
  const told = withoutPrivateAttributes(assertion, config.privateAttributes ?? [])
  const [principal] = getPropertyValues('principal', told, config)
  return { username: getUsername(principal, told, config), ...describe(told, config) }
}

/** All that the settings find of a user but the name. @throws SamlError as `mapPrincipal` does */
export function describeUser(assertion: Assertion, config: UserSettings): Omit<SamlPrincipal, 'username'> {
  return describe(withoutPrivateAttributes(assertion, config.privateAttributes ?? []), config)
}

function describe(told: Assertion, config: UserSettings): Omit<SamlPrincipal, 'username'> {
  const first = (property: UserProperty) => getPropertyValues(property, told, config)[0]
  return {
    dn: first('dn') ?? null,
    groups: getPropertyValues('groups', told, config),
    fullName: first('name') ?? null,
    email: first('mail') ?? null,
    metadata: userMetadata(told, config),
  }
}

function getUsername(found: string | undefined, assertion: Assertion, { attributes }: UserSettings): string {
  if (found !== undefined && found !== '') return found
  const reason = `principal attribute [${attributes.principal}] not found in Assertion [${assertion.id}]`
  const actual = assertion.attributes.map(({ name }) => name)
  throw refuse('SAML_ATTRIBUTES', reason, { expected: attributes.principal, actual })
}

/** A private attribute is neither mapped nor shown; a node keeps it for its own plugins. */
function withoutPrivateAttributes(assertion: Assertion, names: readonly string[]): Assertion {
  const isPrivate = ({ name, friendlyName = '' }: Attribute) => names.includes(name) || names.includes(friendlyName)
  return { ...assertion, attributes: assertion.attributes.filter((attribute) => !isPrivate(attribute)) }
}

function userMetadata(assertion: Assertion, { populateUserMetadata }: UserSettings): SamlPrincipal['metadata'] {
  // Names come from a peer: a Map keeps `__proto__` a name like any other.
  const metadata = new Map<string, string | readonly string[]>()
  for (const { name, friendlyName, values } of populateUserMetadata ? assertion.attributes : []) {
    metadata.set(`saml(${name})`, values)
    const friendly = trimmed(friendlyName)
    if (friendly !== undefined) metadata.set(`saml_${friendly}`, values)
  }
  const nameId = assertion.subject?.nameId
  const value = trimmed(nameId?.value)
  if (value !== undefined) metadata.set('saml_nameid', value)
  if (nameId?.format !== undefined) metadata.set('saml_nameid_format', nameId.format)
  return Object.fromEntries(metadata)
}
