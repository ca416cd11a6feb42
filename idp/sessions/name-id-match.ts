import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'

/**
 * Whether two identifiers of one service provider are the same: value, Format, NameQualifier and SPNameQualifier are equal
 * (saml-core-2.0 §3.3.4), where an absent Format means unspecified (§2.2.2) and an absent qualifier equals only an absent one.
 */
export function matchesStrongly(one: NameId, other: NameId): boolean {
  return (
    one.value === other.value &&
    (one.format ?? NAME_ID_FORMAT.unspecified) === (other.format ?? NAME_ID_FORMAT.unspecified) &&
    one.nameQualifier === other.nameQualifier &&
    one.spNameQualifier === other.spNameQualifier
  )
}

/** Whether two identifiers have the same value, whatever their Format and qualifiers say. */
export function matchesByValue(one: NameId, other: NameId): boolean {
  return one.value === other.value
}
