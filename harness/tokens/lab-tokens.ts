import type { DescribedTokens, TokenOperations, TokensGiven, TokensWanted } from '../../sp-emulator/index.ts'

/** The tokens of the Elasticsearch of a lab, for whoever tests (`spec/contract.md` §2.2, §5). */
export interface LabTokens {
  /** Every pair that the node still knows, oldest first, without its secrets. */
  list(): Promise<{ readonly tokens: readonly DescribedTokens[] }>
  /**
   * Issues a pair as after a SAML login with these values: a LogoutRequest with the same identifiers ends it.
   * @throws NoSuch for an unknown realm, ConfigError for what cannot stand in an Assertion; then nothing is issued
   */
  issue(wanted: TokensWanted): Promise<TokensGiven>
  /** Ends both tokens of a pair, silently. @throws NoSuch for an unknown id */
  end(id: string): Promise<void>
}

/** The same tokens, behind a check of what no type has checked. */
export function labTokens(node: TokenOperations): LabTokens {
  return {
    list: async () => ({ tokens: await node.list() }),
    async issue(wanted) {
      const [{ readValue }, { tokensWantedSchema }] = await Promise.all([
        import('../world/read-value.ts'),
        import('../control/token-schema.ts'),
      ])
      return node.issue(readValue(tokensWantedSchema, wanted, 'the tokens'))
    },
    end: (id) => node.end(id),
  }
}
