import { type InvalidationCounts, nothingInvalidated } from '../../tokens/invalidation.ts'
import type { InvalidationResult, TokenService } from '../../tokens/token-service.ts'
import type { Owner } from '../../tokens/token-store.ts'
import { securityError } from '../elasticsearch-error.ts'

export type InvalidateTokenRequest =
  | { readonly kind: 'access-token'; readonly token: string }
  | { readonly kind: 'refresh-token'; readonly token: string }
  | { readonly kind: 'owner'; readonly owner: Owner }

interface InvalidateTokenResult {
  readonly counts: InvalidationCounts
  /** False when one token was named and nobody knows it. */
  readonly found: boolean
}

/** Ends one token, or all of a user or a realm, and counts tokens one by one (spec §7.4). */
export async function invalidateToken(
  request: InvalidateTokenRequest,
  tokens: TokenService,
): Promise<InvalidateTokenResult> {
  switch (request.kind) {
    case 'owner':
      return { counts: await tokens.invalidateOwnedBy(request.owner, 'deleteToken'), found: true }
    case 'access-token':
      return resultOf(await tokens.invalidateAccessToken(request.token, 'deleteToken'))
    case 'refresh-token':
      return resultOf(await tokens.invalidateRefreshToken(request.token, 'deleteToken'))
  }
}

function resultOf(result: InvalidationResult): InvalidateTokenResult {
  if (result.kind === 'no-index') throw securityError(400, 'failed to invalidate token')
  if (result.kind === 'unknown') return { counts: nothingInvalidated, found: false }
  return { counts: result.counts, found: true }
}
