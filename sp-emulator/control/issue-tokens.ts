import { NoSuch } from '#server/no-such'
import { resolveUser } from '../es/actions/resolve-user.ts'
import type { NodeContext } from '../es/node-context.ts'
import type { Client } from '../tokens/token-pair.ts'
import { tokenIdOf } from './token-id.ts'

/** A login that is said instead of made; what is null or absent is absent in it. */
export interface TokensWanted {
  readonly realm: string
  readonly username: string
  readonly nameId?: NameIdWanted | null | undefined
  readonly sessionIndex?: string | null | undefined
}

interface NameIdWanted {
  readonly value: string
  readonly format?: string | null | undefined
  readonly nameQualifier?: string | null | undefined
  readonly spNameQualifier?: string | null | undefined
  readonly spProvidedId?: string | null | undefined
}

export interface TokensGiven {
  readonly id: string
  readonly accessToken: string
  readonly refreshToken: string
}

/**
 * Issues the tokens that a SAML login with these values would have been given, asked for by this client: it alone may refresh them (spec §7.3), and a
 * LogoutRequest with the same identifiers ends them (spec §3.9).
 * @throws NoSuch for an unknown realm; SamlError SAML_REALM when none of the realm's `authorization_realms` knows the user
 */
export async function issueTokens(wanted: TokensWanted, client: Client, node: NodeContext): Promise<TokensGiven> {
  const realm = node.realms.find(({ name }) => name === wanted.realm)
  if (realm === undefined) {
    const known = node.realms.map(({ name }) => name)
    throw new NoSuch({ what: 'realm', type: 'noSuchRealm', named: wanted.realm, known, path: 'realm' })
  }
  const { principal, tokenMetadata } = realm.stateLogin({
    username: wanted.username,
    nameId: nameIdOf(wanted.nameId),
    sessionIndex: wanted.sessionIndex ?? undefined,
  })
  const authentication = resolveUser(principal, realm, node)
  const { accessToken, refreshToken } = await node.tokens.issue({ authentication, client, metadata: tokenMetadata })
  return { id: tokenIdOf({ accessToken }), accessToken, refreshToken }
}

function nameIdOf(wanted: NameIdWanted | null | undefined) {
  if (wanted === null || wanted === undefined) return undefined
  const { value, format, nameQualifier, spNameQualifier, spProvidedId } = wanted
  return {
    value,
    format: format ?? undefined,
    nameQualifier: nameQualifier ?? undefined,
    spNameQualifier: spNameQualifier ?? undefined,
    spProvidedId: spProvidedId ?? undefined,
  }
}
