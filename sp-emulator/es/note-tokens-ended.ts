import type { PartyJournal } from '#server/journal/party-journal'
import type { TokenKind } from '#server/journal/seen'
import type { Half } from '../tokens/invalidation.ts'
import type { TokenPair } from '../tokens/token-pair.ts'
import type { EndedTokens } from '../tokens/token-service.ts'

const kinds: Readonly<Record<Half, TokenKind>> = { accessInvalidated: 'access', refreshInvalidated: 'refresh' }

/** Writes down whose pairs of tokens were ended, wholly or by half, and by what: one entry for each user. */
export function noteTokensEnded(journal: PartyJournal): (ended: EndedTokens) => void {
  return ({ pairs, halves, by }) => {
    const tokens = halves.map((half) => kinds[half])
    for (const [user, theirs] of byUser(pairs)) {
      const [{ metadata } = {}] = theirs
      journal.note({
        what: 'tokensEnded',
        user,
        nameId: metadata?.['saml_nameid_val'] ?? undefined,
        sessionIndexes: sessionsOf(theirs),
        endedBy: by,
        count: theirs.length,
        tokens,
      })
    }
  }
}

function byUser(pairs: readonly TokenPair[]): ReadonlyMap<string, readonly TokenPair[]> {
  const users = new Map<string, TokenPair[]>()
  for (const pair of pairs) {
    const { username } = pair.authentication
    const theirs = users.get(username)
    if (theirs === undefined) users.set(username, [pair])
    else theirs.push(pair)
  }
  return users
}

function sessionsOf(pairs: readonly TokenPair[]): readonly string[] {
  const sessions = pairs.map(({ metadata }) => metadata?.['saml_session']).filter((index) => typeof index === 'string')
  return [...new Set(sessions)]
}
