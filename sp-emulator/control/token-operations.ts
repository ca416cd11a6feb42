import { NoSuch } from '#server/no-such'
import type { NodeContext } from '../es/node-context.ts'
import type { Client } from '../tokens/token-pair.ts'
import { type DescribedTokens, describeTokens } from './described-tokens.ts'
import { issueTokens, type TokensGiven, type TokensWanted } from './issue-tokens.ts'
import { tokenIdOf } from './token-id.ts'

/** The state of a node's tokens for whoever tests an application, without a login (`spec/contract.md` §2.2). */
export interface TokenOperations {
  /** Every pair that the node still knows, oldest first: those that have ended and expired too, a day long as at a node (spec §7.1). */
  list(): Promise<readonly DescribedTokens[]>
  /**
   * Issues a pair as after a SAML login with these values.
   * @throws NoSuch for an unknown realm; SamlError SAML_REALM when none of the realm's `authorization_realms` knows the user
   */
  issue(wanted: TokensWanted): Promise<TokensGiven>
  /**
   * Ends both tokens of a pair, silently; what had ended before stays as it was.
   * @throws NoSuch for an unknown id
   */
  end(id: string): Promise<void>
}

/** The operations on the tokens of a node; what they issue is as if `client` had asked for it. */
export function createTokenOperations(node: NodeContext, client: Client): TokenOperations {
  return {
    list: async () => {
      const now = node.clock.now()
      return (await node.tokens.list()).map((pair) => describeTokens(pair, now))
    },
    issue: (wanted) => issueTokens(wanted, client, node),
    end: (id) => endTokens(id, node),
  }
}

async function endTokens(id: string, { tokens }: NodeContext): Promise<void> {
  const pairs = await tokens.list()
  const pair = pairs.find((each) => tokenIdOf(each) === id)
  if (pair === undefined) {
    throw new NoSuch({
      what: 'pair of tokens',
      type: 'noSuchTokens',
      named: id,
      known: pairs.map(tokenIdOf),
      path: 'id',
    })
  }
  const { accessToken, refreshToken } = pair
  if (refreshToken !== undefined) await tokens.invalidateRefreshToken(refreshToken, 'control')
  await tokens.invalidateAccessToken(accessToken, 'control')
}
