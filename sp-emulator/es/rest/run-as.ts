import type { Authentication } from '../../tokens/authentication.ts'
import { authenticationFailure } from '../authentication-failure.ts'
import type { Caller, NodeContext } from '../node-context.ts'

interface Wish {
  /** Whom the sender wants to be, by the header `es-security-runas-user`; null where it is not sent. */
  readonly username: string | null
  readonly uri: string
  readonly node: NodeContext
}

/**
 * Who makes the call: its sender, or the native or reserved user whom the sender runs as. Whether they may is asked when it is known for what.
 * A user whom no realm knows is nobody, with their name (es:AuthenticatorChain).
 * @throws ElasticsearchError 401 for an empty name and a disabled user
 */
export function runAs(sender: Caller, { username, uri, node }: Wish): Caller {
  if (username === null || !isRunAsKnown(sender, node)) return sender
  const found = username === '' ? 'disabled' : node.security.users.lookUpForRunAs(username)
  if (found === 'disabled') {
    const reason = `unable to authenticate user [${principalOf(sender)}] for REST request [${uri}]`
    throw authenticationFailure(reason, node.dialect)
  }
  const { realm } = sender.authentication
  const authentication = found === undefined ? nobody(username, realm) : { ...found, realm, lookupRealm: found.realm }
  return { authentication, type: sender.type, runBy: sender }
}

/** Where it is not, the header is passed over: also with a token that was got by running as its user. */
function isRunAsKnown({ type, authentication }: Caller, { dialect }: NodeContext): boolean {
  return dialect.runAsWith.includes(type) && authentication.lookupRealm === undefined
}

function principalOf({ type, authentication, apiKey }: Caller): string {
  return type === 'token' ? '_bearer_token' : (apiKey?.id ?? authentication.username)
}

function nobody(username: string, realm: Authentication['realm']): Authentication {
  return { username, roles: [], fullName: null, email: null, metadata: {}, realm }
}
