import type { TokenMetadata, TokenPair } from '../tokens/token-pair.ts'
import { tokenIdOf } from './token-id.ts'

/** A login that a LogoutRequest does not end, and by what it is another one. */
export interface NearTokens {
  /** As `listTokens` names the pair. */
  readonly token: string
  /** Parts of the NameID, or `sessionIndex`. */
  readonly differsIn: readonly string[]
}

/** The values that must all be equal, under the names that the control API has for them (spec §3.9). */
const fields: Readonly<Record<string, string>> = {
  saml_nameid_val: 'value',
  saml_nameid_fmt: 'format',
  saml_nameid_qual: 'nameQualifier',
  saml_nameid_sp_qual: 'spNameQualifier',
  saml_nameid_sp_id: 'spProvidedId',
  saml_session: 'sessionIndex',
}

const mostNamed = 3

/** The logins of the same realm that are nearest to these values, the nearest first and of those the oldest; one that shares neither name nor session is not near. */
export function nearestTokens(wanted: TokenMetadata, pairs: readonly TokenPair[]): readonly NearTokens[] {
  return pairs
    .flatMap((pair) => {
      const { metadata } = pair
      if (metadata === undefined || !isNear(wanted, metadata)) return []
      return [{ token: tokenIdOf(pair), differsIn: differences(wanted, metadata) }]
    })
    .sort((one, other) => one.differsIn.length - other.differsIn.length)
    .slice(0, mostNamed)
}

function isNear(wanted: TokenMetadata, metadata: TokenMetadata): boolean {
  if (metadata['saml_realm'] !== wanted['saml_realm']) return false
  return ['saml_nameid_val', 'saml_session'].some((key) => wanted[key] !== null && wanted[key] === metadata[key])
}

const differences = (wanted: TokenMetadata, metadata: TokenMetadata): readonly string[] =>
  Object.entries(fields).flatMap(([key, name]) => ((wanted[key] ?? null) === (metadata[key] ?? null) ? [] : [name]))
