import { SamlError } from '#saml/errors'
import type { SamlRealm } from '../../realm/saml-realm.ts'
import type { TokenMetadata, TokenPair } from '../../tokens/token-pair.ts'
import type { TokenService } from '../../tokens/token-service.ts'
import { ElasticsearchError, illegalArgument, securityError } from '../elasticsearch-error.ts'
import type { NodeContext } from '../node-context.ts'
import { noteSent } from '../note-sent.ts'

interface LogoutInput {
  readonly token: string
  readonly refreshToken: string | undefined
}

interface LogoutResult {
  readonly id: string | null
  readonly redirect: string | null
}

/**
 * Ends a login from the application's side. The order is a node's: the refresh token dies first and stays dead whatever
 * follows, the access token dies last; whether it is expired or already invalidated is not asked (spec §4).
 */
export async function logoutSaml({ token, refreshToken }: LogoutInput, node: NodeContext): Promise<LogoutResult> {
  if (refreshToken !== undefined) await endRefreshToken(refreshToken, node.tokens)
  const pair = await getDocument(token, node.tokens)
  const { realm, metadata } = getSamlLogin(pair, node.realms)
  const request = await realm.requestLogout(metadata)
  await node.tokens.invalidateAccessToken(token, 'samlLogout')
  const { username: user } = pair.authentication
  if (request !== undefined) noteSent(node, realm, { what: 'LogoutRequest', user, ...request })
  return { id: request?.id ?? null, redirect: request?.redirect ?? null }
}

/** An unknown refresh token is no obstacle, and nobody asks whose it is. */
async function endRefreshToken(refreshToken: string, tokens: TokenService): Promise<void> {
  if (refreshToken === '') throw illegalArgument('refresh token must be provided')
  const result = await tokens.invalidateRefreshToken(refreshToken, 'samlLogout')
  if (result.kind === 'no-index') throw securityError(400, 'failed to invalidate token')
}

async function getDocument(token: string, tokens: TokenService): Promise<TokenPair> {
  const lookup = await tokens.find(token)
  if (lookup.kind === 'found') return lookup.pair
  if (lookup.kind === 'unknown') throw securityError(500, 'supplied token is not valid')
  throw new ElasticsearchError({
    status: 404,
    type: 'index_not_found_exception',
    reason: 'no such index [.security-tokens]',
    metadata: { index_uuid: '_na_', index: '.security-tokens' },
  })
}

/** The realm and the metadata of a token that came from a SAML login. */
function getSamlLogin(
  { authentication: { realm: ref }, metadata }: TokenPair,
  realms: readonly SamlRealm[],
): { realm: SamlRealm; metadata: TokenMetadata } {
  if (ref.type !== 'saml') throw refuse(`Authenticating realm ${ref.type}/${ref.name} is not a SAML realm`)
  const realm = realms.find(({ name }) => name === ref.name)
  if (realm === undefined) throw refuse(`Authenticating realm ${ref.name} does not exist`)
  const tokenRealm = metadata?.['saml_realm']
  if (metadata === undefined || tokenRealm === undefined || tokenRealm === null) {
    throw refuse('Access token does not have SAML metadata [saml_realm]')
  }
  if (tokenRealm !== ref.name) {
    throw refuse(`Authenticating realm [saml/${ref.name}] does not match token realm [${tokenRealm}]`)
  }
  return { realm, metadata }
}

const refuse = (reason: string): SamlError => new SamlError('SAML_SESSION', reason)
