import { SamlError } from '#saml/errors'
import type { SamlRealm } from '../../realm/saml-realm.ts'
import type { Authentication } from '../../tokens/authentication.ts'
import type { IssuedTokens } from '../../tokens/issue.ts'
import type { TokenMetadata } from '../../tokens/token-pair.ts'
import { type Brought, tellAcceptance, tellRefusal } from '../audit.ts'
import { authenticationFailure, challenging } from '../authentication-failure.ts'
import type { Caller, NodeContext } from '../node-context.ts'
import { ACTION } from '../privileges.ts'
import { clientOf } from './client-of.ts'
import { resolveUser } from './resolve-user.ts'

interface AuthenticateInput {
  readonly xml: Buffer
  readonly ids: readonly string[] | null
  readonly realm: string | undefined
}

interface AuthenticateResult {
  readonly realm: string
  readonly tokens: IssuedTokens
  readonly inResponseTo: string | undefined
}

/** Somebody whom a realm let in, with the rights that they have there. */
interface AcceptedLogin {
  readonly authentication: Authentication
  readonly tokenMetadata: TokenMetadata
  readonly inResponseTo: string | undefined
}

interface Refusal {
  readonly realm: SamlRealm
  readonly error: SamlError
}

/**
 * Issues tokens to whom the Response names. It is offered to the realms in order until one accepts; a realm that is not
 * the one asked for ignores it (spec §2). Why it was refused stays in the log (spec §1.7).
 */
export async function authenticateSaml(
  input: AuthenticateInput,
  caller: Caller,
  node: NodeContext,
): Promise<AuthenticateResult> {
  const refusals: Refusal[] = []
  for (const realm of node.realms) {
    if (input.realm !== undefined && input.realm !== realm.name) continue
    const login = await offer(realm, input, { refusals, node })
    if (login === undefined) continue
    tellAcceptance(node, { ...broughtBy(input), realm }, describe(login))
    return issueFor(login, { realm, caller, node })
  }
  const cause = refusals.at(-1)?.error ?? new SamlError('SAML_REALM', 'no SAML realm was asked')
  if (refusals.length === 0) tellRefusal(node, broughtBy(input), cause)
  tellRefusals(refusals, input, node)
  throw authenticationFailure(
    `unable to authenticate user [<unauthenticated-saml-user>] for action [${ACTION.samlAuthenticate}]`,
    node.dialect,
    { cause },
  )
}

const broughtBy = ({ realm, xml }: AuthenticateInput): Brought => {
  return { action: 'authenticate', asked: realm, what: 'Response', octets: { document: xml } }
}

function describe({ authentication, tokenMetadata, inResponseTo }: AcceptedLogin) {
  const { saml_nameid_val: nameId, saml_session: index } = tokenMetadata
  const sessionIndexes = index === null || index === undefined ? [] : [index]
  return { user: authentication.username, nameId: nameId ?? undefined, sessionIndexes, inResponseTo }
}

async function offer(
  realm: SamlRealm,
  input: AuthenticateInput,
  { refusals, node }: { refusals: Refusal[]; node: NodeContext },
): Promise<AcceptedLogin | undefined> {
  try {
    const { principal, ...login } = await realm.authenticate(input.xml, input.ids)
    return { ...login, authentication: resolveUser(principal, realm, node) }
  } catch (error) {
    if (!(error instanceof SamlError)) throw error
    refusals.push({ realm, error })
    if (error.code !== 'SAML_IN_RESPONSE_TO' || node.dialect.unsolicited !== 'named') return undefined
    // An answer to a request that is not pending ends the whole attempt, and the caller is told (spec §1.7).
    tellRefusals(refusals, input, node)
    throw challenging(error, node.dialect)
  }
}

/** One for each realm that refused, once nobody has accepted. */
function tellRefusals(refusals: readonly Refusal[], input: AuthenticateInput, node: NodeContext): void {
  for (const { realm, error } of refusals) tellRefusal(node, { ...broughtBy(input), realm }, error)
}

async function issueFor(
  { authentication, tokenMetadata, inResponseTo }: AcceptedLogin,
  { realm, caller, node }: { realm: SamlRealm; caller: Caller; node: NodeContext },
): Promise<AuthenticateResult> {
  const tokens = await node.tokens.issue({ authentication, client: clientOf(caller), metadata: tokenMetadata })
  return { realm: realm.name, tokens, inResponseTo }
}
