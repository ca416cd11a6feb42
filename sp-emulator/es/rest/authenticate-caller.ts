import { authenticationFailure, tokenExpired } from '../authentication-failure.ts'
import type { Caller, NodeContext } from '../node-context.ts'
import { complaintAboutKey, identityOfKey } from '../security/api-key.ts'

const scheme = /^(Basic|Bearer|ApiKey) +(\S.*)$/i

/** Who makes the call, by the Authorization header; nobody is anonymous here (spec §1.2, §7.2). @throws ElasticsearchError 401 */
export async function authenticateCaller(header: string | null, uri: string, node: NodeContext): Promise<Caller> {
  const [, name = '', credentials = ''] = scheme.exec(header ?? '') ?? []
  switch (name.toLowerCase()) {
    case 'basic':
      return authenticateBasic(credentials, uri, node)
    case 'bearer':
      return authenticateBearer(credentials.trim(), uri, node)
    case 'apikey':
      return authenticateApiKey(credentials.trim(), node)
    default:
      throw missingCredentials(uri, node)
  }
}

function authenticateBasic(credentials: string, uri: string, { security, dialect }: NodeContext): Caller {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon === -1) throw authenticationFailure('invalid basic authentication header value', dialect)
  const username = decoded.slice(0, colon)
  const authentication = security.users.authenticate(username, decoded.slice(colon + 1))
  if (authentication !== undefined) return { authentication, type: 'realm' }
  throw authenticationFailure(`unable to authenticate user [${username}] for REST request [${uri}]`, dialect)
}

async function authenticateBearer(accessToken: string, uri: string, node: NodeContext): Promise<Caller> {
  const verdict = await node.tokens.authenticate(accessToken)
  if (verdict.kind === 'live') return { authentication: verdict.pair.authentication, type: 'token' }
  if (verdict.kind === 'expired') throw tokenExpired()
  if (node.dialect.unknownBearer === 'missing-credentials') throw missingCredentials(uri, node)
  throw refusedCredentials('oauth2 token: invalid token', node)
}

/** The credentials are the key's id and its secret, in base64 (es:ApiKeyService). */
function authenticateApiKey(credentials: string, node: NodeContext): Caller {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon === -1) throw authenticationFailure('error attempting to authenticate request', node.dialect)
  const [id, secret] = [decoded.slice(0, colon), decoded.slice(colon + 1)]
  const apiKey = node.security.apiKeys.get(id)
  const complaint = complaintAboutKey(apiKey, { id, secret, now: node.clock.now() })
  if (apiKey === undefined || complaint !== undefined) throw refusedCredentials(`API key: ${complaint}`, node)
  return { authentication: identityOfKey(apiKey), type: 'api_key', apiKey }
}

function missingCredentials(uri: string, { dialect }: NodeContext) {
  return authenticationFailure(`missing authentication credentials for REST request [${uri}]`, dialect)
}

function refusedCredentials(additional: string, { dialect }: NodeContext) {
  return authenticationFailure(
    'unable to authenticate with provided credentials and anonymous access is not allowed for this request',
    dialect,
    { metadata: { additional_unsuccessful_credentials: additional } },
  )
}
