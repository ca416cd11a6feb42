import type { AcceptedLogoutRequest } from '../../realm/saml-realm.ts'
import { judging, refusing } from '../audit.ts'
import type { NodeContext } from '../node-context.ts'
import { noteSent } from '../note-sent.ts'
import { findRealm, type RealmSelection } from './find-realm.ts'

interface InvalidateInput extends RealmSelection {
  readonly queryString: string
}

interface InvalidateResult {
  readonly realm: string
  /** Token pairs, not tokens (spec §3.10). */
  readonly invalidated: number
  readonly redirect: string
}

/**
 * Ends the logins that an IdP's LogoutRequest names and answers it. Nothing is touched before the request passed every
 * check; the tokens are dead before the answer is built, also when it cannot be built (spec §3.1, §3.11).
 */
export async function invalidateSaml(input: InvalidateInput, node: NodeContext): Promise<InvalidateResult> {
  const action = 'invalidate'
  const { queryString } = input
  const brought = { action, asked: input.realm, what: 'LogoutRequest', octets: { queryString } } as const
  const realm = refusing(node, brought, () => findRealm(node.realms, input, describe(input)))
  const accepted = judging(node, { ...brought, realm }, () => realm.acceptLogoutRequest(queryString), described)
  const metadata = accepted.tokenMetadata
  const invalidated = metadata === undefined ? 0 : await node.tokens.invalidateMatching(metadata, 'samlInvalidate')
  const redirect = await realm.answerLogoutRequest(accepted)
  noteSent(node, realm, { what: 'LogoutResponse', inResponseTo: accepted.id, redirect })
  return { realm: realm.name, invalidated, redirect }
}

function described({ id, tokenMetadata }: AcceptedLogoutRequest) {
  return { id, nameId: tokenMetadata?.['saml_nameid_val'] ?? undefined }
}

function describe({ realm, acs, queryString }: InvalidateInput): string {
  const quoted = (text: string | undefined): string => `'${text ?? null}'`
  return (
    `for [SamlInvalidateSessionRequest{realmName=${quoted(realm)}, assertionConsumerServiceURL=${quoted(acs)}, ` +
    `url-query=${queryString.length} chars}]`
  )
}
