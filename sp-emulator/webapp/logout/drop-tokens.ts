import type { TokenPair } from '../elasticsearch-saml.ts'
import type { WebAppParts } from '../web-app-parts.ts'

/** Invalidates tokens that nobody will use again. The logout it belongs to has an outcome of its own, so a failure is only logged. */
export async function dropTokens(tokens: TokenPair, { elasticsearch, log }: WebAppParts): Promise<void> {
  try {
    await elasticsearch.dropTokens(tokens)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ code: 'TOKENS_NOT_INVALIDATED', reason }, 'tokens were not invalidated')
  }
}
