import type { NameId } from '#saml/messages/name-id'
import { nameIdFrom } from '../realm/user/token-metadata.ts'
import { isAccessLive, isDocumentExpired, type TokenPair } from '../tokens/token-pair.ts'
import { tokenIdOf } from './token-id.ts'

/**
 * What may take something of a pair away: the IdP's LogoutRequest, the application's logout, the call that deletes tokens, a refresh (which uses the refresh
 * token up), the control API.
 */
export const endings = ['samlInvalidate', 'samlLogout', 'deleteToken', 'refresh', 'control'] as const

/** A pair of tokens as the control API shows it, without the secrets. */
export interface DescribedTokens {
  readonly id: string
  readonly realm: string
  readonly username: string
  /** Null of tokens that no SAML login was given, or one without a NameID. */
  readonly nameId: DescribedNameId | null
  readonly sessionIndex: string | null
  /** ISO 8601. */
  readonly issuedAt: string
  readonly access: 'alive' | 'expired' | 'invalidated'
  /** Null where there is no refresh token; one that was used and then invalidated is `invalidated`. */
  readonly refresh: 'alive' | 'used' | 'invalidated' | 'expired' | null
  /** What last took something of the pair away. Null while nothing did; time takes nothing away, tokens expire. */
  readonly endedBy: (typeof endings)[number] | null
}

/** A NameID whose parts are null where they are absent (saml-core-2.0 §2.2.2); an SPProvidedID is named only where there is one. */
export interface DescribedNameId {
  readonly value: string
  readonly format: string | null
  readonly nameQualifier: string | null
  readonly spNameQualifier: string | null
  readonly spProvidedId?: string
}

/** What a pair is at this instant, in epoch milliseconds. */
export function describeTokens(pair: TokenPair, now: number): DescribedTokens {
  const { authentication, metadata } = pair
  const isNamed = metadata !== undefined && (metadata['saml_nameid_val'] ?? null) !== null
  return {
    id: tokenIdOf(pair),
    realm: authentication.realm.name,
    username: authentication.username,
    nameId: isNamed ? describeNameId(nameIdFrom(metadata)) : null,
    sessionIndex: metadata?.['saml_session'] ?? null,
    issuedAt: new Date(pair.createdAt).toISOString(),
    access: stateOfAccess(pair, now),
    refresh: stateOfRefresh(pair, now),
    endedBy: endings.find((ending) => ending === pair.endedBy) ?? null,
  }
}

function describeNameId({ value, format, nameQualifier, spNameQualifier, spProvidedId }: NameId): DescribedNameId {
  return {
    value,
    format: format ?? null,
    nameQualifier: nameQualifier ?? null,
    spNameQualifier: spNameQualifier ?? null,
    ...(spProvidedId !== undefined && { spProvidedId }),
  }
}

function stateOfAccess(pair: TokenPair, now: number): DescribedTokens['access'] {
  if (pair.accessInvalidated) return 'invalidated'
  return isAccessLive(pair, now) ? 'alive' : 'expired'
}

function stateOfRefresh(pair: TokenPair, now: number): DescribedTokens['refresh'] {
  if (pair.refreshToken === undefined) return null
  if (pair.refreshInvalidated) return 'invalidated'
  if (pair.supersededBy !== undefined) return 'used'
  return isDocumentExpired(pair, now) ? 'expired' : 'alive'
}
