import type { NameId } from '#saml/messages/name-id'
import type { TokenMetadata } from '../../tokens/token-pair.ts'
import { trimmed } from '../judge/message.ts'

/** The seven values that tie a LogoutRequest to a login; equality of all of them, null included, is what counts (spec §3.9). */
export function makeTokenMetadata(
  nameId: NameId | undefined,
  sessionIndex: string | undefined,
  realm: string,
): TokenMetadata {
  return {
    saml_nameid_val: trimmed(nameId?.value) ?? null,
    saml_nameid_fmt: nameId?.format ?? null,
    saml_nameid_qual: nameId?.nameQualifier ?? null,
    saml_nameid_sp_qual: nameId?.spNameQualifier ?? null,
    saml_nameid_sp_id: nameId?.spProvidedId ?? null,
    saml_session: trimmed(sessionIndex) ?? null,
    saml_realm: realm,
  }
}

/** The NameID that was stored with a login, as it goes into a LogoutRequest. */
export function nameIdFrom(metadata: TokenMetadata): NameId {
  return {
    value: metadata['saml_nameid_val'] ?? '',
    format: metadata['saml_nameid_fmt'] ?? undefined,
    nameQualifier: metadata['saml_nameid_qual'] ?? undefined,
    spNameQualifier: metadata['saml_nameid_sp_qual'] ?? undefined,
    spProvidedId: metadata['saml_nameid_sp_id'] ?? undefined,
  }
}
