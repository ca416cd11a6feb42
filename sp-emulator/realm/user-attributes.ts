import type { Assertion } from '#saml/messages/assertion'
import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'
import { trimmed } from './message.ts'
import type { RealmConfig } from './realm-config.ts'
import { refuse } from './refusals.ts'
import type { SamlPrincipal } from './saml-realm.ts'

/**
 * Maps the attributes of an Assertion to a user (spec §6.3). Values are kept as they were sent; of several for one property the first counts.
 * @throws SamlError SAML_ATTRIBUTES when there is neither an attribute nor a NameID, or no principal among them.
 */
export function mapPrincipal(assertion: Assertion, config: RealmConfig): SamlPrincipal {
  const { attributes: names } = config
  if (assertion.attributes.length === 0 && assertion.subject?.nameId === undefined) {
    throw refuse('SAML_ATTRIBUTES', `Could not process any SAML attributes in Assertion [${assertion.id}]`)
  }
  const first = (name: string | undefined) => (name === undefined ? undefined : valuesOf(name, assertion)[0])
  const username = first(names.principal)
  if (username === undefined || username === '') {
    throw refuse(
      'SAML_ATTRIBUTES',
      `principal attribute [${names.principal}] not found in Assertion [${assertion.id}]`,
      {
        expected: names.principal,
        actual: assertion.attributes.map(({ name }) => name),
      },
    )
  }
  return {
    username,
    roles: [],
    fullName: first(names.name) ?? null,
    email: first(names.mail) ?? null,
    metadata: userMetadata(assertion, config),
  }
}

/** The values of an attribute by Name or FriendlyName, or of the NameID under its special names. */
function valuesOf(name: string, { attributes, subject }: Assertion): readonly string[] {
  if (name === 'nameid') return nameIdValue(subject?.nameId)
  if (name === 'nameid:persistent' && subject?.nameId?.format === NAME_ID_FORMAT.persistent) {
    return nameIdValue(subject.nameId)
  }
  return attributes
    .filter((attribute) => attribute.name === name || attribute.friendlyName === name)
    .flatMap(({ values }) => values)
}

function nameIdValue(nameId: NameId | undefined): readonly string[] {
  const value = trimmed(nameId?.value)
  return value === undefined ? [] : [value]
}

function userMetadata(assertion: Assertion, { populateUserMetadata }: RealmConfig): SamlPrincipal['metadata'] {
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
