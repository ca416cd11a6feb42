import type { Assertion } from '#saml/messages/assertion'
import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'
import { trimmed } from '../judge/message.ts'
import type { UserProperty, UserSettings } from '../realm-config.ts'
import { refuse } from '../refusals.ts'

/**
 * The values that the settings find for a property of a user, in the order of the Assertion; none for a property that is not configured (spec §6.3).
 * @throws SamlError SAML_ATTRIBUTES when what has to be divided is more than one value.
 */
export function getPropertyValues(
  property: UserProperty,
  assertion: Assertion,
  { attributes, attributePatterns, groupsDelimiter }: UserSettings,
): readonly string[] {
  const name = attributes[property]
  if (name === undefined) return []
  const values = valuesOf(name, assertion)
  if (property === 'groups' && groupsDelimiter !== undefined)
    return divide(values, { name, delimiter: groupsDelimiter })
  const pattern = attributePatterns?.[property]
  return pattern === undefined ? values : values.flatMap((value) => extract(pattern, value))
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

/** What is found nowhere, or found empty, is no value. */
function extract(pattern: RegExp, value: string): readonly string[] {
  const found = pattern.exec(value)?.[1]
  return found === undefined || found === '' ? [] : [found]
}

function divide(
  values: readonly string[],
  { name, delimiter }: { name: string; delimiter: string },
): readonly string[] {
  if (values.length > 1) {
    const reason = `Expected single string value for attribute: [${name}], but got list with ${values.length} values`
    throw refuse('SAML_ATTRIBUTES', reason, { expected: 1, actual: values.length })
  }
  return values.flatMap((value) => value.split(delimiter)).filter((part) => part !== '')
}
