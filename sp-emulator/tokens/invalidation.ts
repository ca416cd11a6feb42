import type { Authentication } from './authentication.ts'
import { isEnded, type TokenPair } from './token-pair.ts'
import type { TokenStore } from './token-store.ts'

/** Individual tokens, not pairs (spec §7.4). */
export interface InvalidationCounts {
  readonly invalidated: number
  readonly previouslyInvalidated: number
}

export type Half = 'refreshInvalidated' | 'accessInvalidated'

/** What to end of a pair, and by what. */
export interface Ending {
  readonly halves: readonly Half[]
  readonly by: string | undefined
}

export const nothingInvalidated: InvalidationCounts = { invalidated: 0, previouslyInvalidated: 0 }

/** Ends these halves of a pair that was found, as it is now; a half that was ended before counts as such, and `endedBy` stays when nothing was left to end. */
export async function invalidateHalves(
  store: TokenStore,
  found: TokenPair,
  { halves, by }: Ending,
): Promise<InvalidationCounts> {
  let pair: TokenPair | undefined = found
  while (pair !== undefined) {
    const now: TokenPair = pair
    const present = halves.filter((half) => half === 'accessInvalidated' || now.refreshToken !== undefined)
    const live = present.filter((half) => !now[half])
    if (live.length === 0 || (await store.replace(now, withInvalidated(now, { halves: live, by })))) {
      return { invalidated: live.length, previouslyInvalidated: present.length - live.length }
    }
    pair = await store.findByAccessToken(now.accessToken)
  }
  return nothingInvalidated
}

function withInvalidated(pair: TokenPair, { halves, by }: Ending): TokenPair {
  const next: { -readonly [Property in keyof TokenPair]: TokenPair[Property] } = { ...pair }
  for (const half of halves) next[half] = true
  next.endedBy = by
  if (isEnded(next)) next.authentication = withoutPerson(pair.authentication)
  return next
}

/** Nobody is authenticated by an ended pair any more; whose it was still counts when an application logs out with it (spec §4). */
function withoutPerson({ username, realm }: Authentication): Authentication {
  return { username, roles: [], fullName: null, email: null, metadata: {}, realm }
}

/** The counts of several invalidations together. */
export function sumCounts(counts: readonly InvalidationCounts[]): InvalidationCounts {
  return counts.reduce(
    (sum, { invalidated, previouslyInvalidated }) => ({
      invalidated: sum.invalidated + invalidated,
      previouslyInvalidated: sum.previouslyInvalidated + previouslyInvalidated,
    }),
    nothingInvalidated,
  )
}
