import { type SettableClock, settableClock } from '#server/clock'
import type { Authentication } from './authentication.ts'
import { createInMemoryTokenStore } from './in-memory-token-store.ts'
import type { IssuedTokens } from './issue.ts'
import { makeToken } from './token.ts'
import type { Client, TokenMetadata } from './token-pair.ts'
import { createTokenService, type TokenService } from './token-service.ts'

export const noon = Date.parse('2031-05-04T12:00:00Z')
export const minute = 60_000
export const day = 24 * 60 * minute

export const kibana: Client = { username: 'kibana', realm: 'reserved' }
export const aliceMetadata: TokenMetadata = { nameid: 'alice', session: 's1' }

export const alice: Authentication = {
  username: 'alice',
  roles: ['viewer'],
  fullName: null,
  email: null,
  metadata: {},
  realm: { name: 'saml1', type: 'saml' },
}

/** A token that a node could have issued and none did. */
export const unissuedToken = makeToken(Buffer.alloc(16, 0xff))

/** An empty token service whose clock stands at noon. */
export function tokenWorld(): { clock: SettableClock; tokens: TokenService } {
  const clock = settableClock(noon)
  let made = 0
  const newToken = () => makeToken(Buffer.alloc(16, made++))
  return { clock, tokens: createTokenService({ store: createInMemoryTokenStore(), clock, newToken }) }
}

/** Alice's tokens, asked for by Kibana. */
export function login(tokens: TokenService, metadata = aliceMetadata): Promise<IssuedTokens> {
  return tokens.issue({ authentication: alice, client: kibana, metadata })
}
