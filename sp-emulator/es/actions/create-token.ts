import type { Authentication } from '../../tokens/authentication.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import { authenticationFailure } from '../authentication-failure.ts'
import type { AuthenticationType, Caller, NodeContext } from '../node-context.ts'
import { ACTION } from '../privileges.ts'
import { clientOf } from './client-of.ts'

export type TokenRequest =
  | { readonly grantType: 'password'; readonly username: string; readonly password: string }
  | { readonly grantType: '_kerberos' }
  | { readonly grantType: 'client_credentials' }
  | { readonly grantType: 'refresh_token'; readonly refreshToken: string }

export type CreateTokenResult =
  | {
      readonly kind: 'issued'
      readonly tokens: Omit<IssuedTokens, 'refreshToken'> & { readonly refreshToken?: string }
      /** How the token's user proved who they are. */
      readonly authenticationType: AuthenticationType
    }
  /** `reason` is the error_description of an OAuth invalid_grant (spec §7.3). */
  | { readonly kind: 'invalid-grant'; readonly reason: string }

/** Issues tokens for a grant, or says why a refresh token is none (spec §7.3). */
export async function createToken(
  request: TokenRequest,
  caller: Caller,
  node: NodeContext,
): Promise<CreateTokenResult> {
  const client = clientOf(caller)
  switch (request.grantType) {
    case 'password': {
      const authentication = getServiceUser(request, node)
      return {
        kind: 'issued',
        tokens: await node.tokens.issue({ authentication, client }),
        authenticationType: 'realm',
      }
    }
    case 'client_credentials': {
      const tokens = await node.tokens.issueAccessToken({ authentication: caller.authentication, client })
      return { kind: 'issued', tokens, authenticationType: caller.type }
    }
    case 'refresh_token': {
      const result = await node.tokens.refresh(request.refreshToken, client)
      if (result.kind === 'refused') return { kind: 'invalid-grant', reason: result.reason }
      return { kind: 'issued', tokens: result.tokens, authenticationType: 'token' }
    }
    case '_kerberos':
      // This node has no Kerberos realm, so nobody can be who the ticket says.
      throw loginFailure('<unauthenticated-kerberos-user>', node)
  }
}

function getServiceUser(
  { username, password }: { username: string; password: string },
  node: NodeContext,
): Authentication {
  const authentication = node.security.users.authenticate(username, password)
  if (authentication === undefined) throw loginFailure(username, node)
  return authentication
}

function loginFailure(username: string, { dialect }: NodeContext) {
  return authenticationFailure(`unable to authenticate user [${username}] for action [${ACTION.createToken}]`, dialect)
}
