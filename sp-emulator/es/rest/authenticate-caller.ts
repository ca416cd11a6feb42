import { authenticationFailure, tokenExpired } from '../authentication-failure.ts'
import type { Caller, NodeContext } from '../node-context.ts'

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
      // API keys are none of this emulator's business: none exists, so none is found.
      throw refusedCredentials('API key: unable to find apikey', node)
    default:
      throw missingCredentials(uri, node)
  }
}

function authenticateBasic(credentials: string, uri: string, { users, dialect }: NodeContext): Caller {
  const decoded = Buffer.from(credentials, 'base64').toString('utf8')
  const colon = decoded.indexOf(':')
  if (colon === -1) throw authenticationFailure('invalid basic authentication header value', dialect)
  const username = decoded.slice(0, colon)
  const authentication = users.find(username, decoded.slice(colon + 1))
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

function missingCredentials(uri: string, { dialect }: NodeContext) {
  return authenticationFailure(`missing authentication credentials for REST request [${uri}]`, dialect)
}

function refusedCredentials(additional: string, { dialect }: NodeContext) {
  return authenticationFailure(
    'unable to authenticate with provided credentials and anonymous access is not allowed for this request',
    dialect,
    { additional_unsuccessful_credentials: additional },
  )
}
