import type { NameId } from '#saml/messages/name-id'
import { NAME_ID_FORMAT } from '#saml/names'

/**
 * Equal for exactly those identifiers that match strongly at this service provider: value, Format, NameQualifier and SPNameQualifier
 * are equal (saml-core-2.0 §3.3.4), where an absent Format means unspecified (§2.2.2) and an absent qualifier equals only an absent one.
 */
export function nameIdKey(spEntityId: string, nameId: NameId): string {
  const format = nameId.format ?? NAME_ID_FORMAT.unspecified
  return JSON.stringify([
    spEntityId,
    nameId.value,
    format,
    nameId.nameQualifier ?? null,
    nameId.spNameQualifier ?? null,
  ])
}
