import type { PartyJournal } from '#server/journal/party-journal'
import type { TokenPair } from '../tokens/token-pair.ts'
import type { EndedTokens } from '../tokens/token-service.ts'

/** Writes down whose pairs of tokens were ended, and by what: one entry for each user. */
export function noteTokensEnded(journal: PartyJournal): (ended: EndedTokens) => void {
  return ({ pairs, by }) => {
    for (const [user, theirs] of byUser(pairs)) {
      const [{ metadata } = {}] = theirs
      journal.note({
        what: 'tokensEnded',
        user,
        nameId: metadata?.['saml_nameid_val'] ?? undefined,
        sessionIndexes: sessionsOf(theirs),
        endedBy: by,
        count: theirs.length,
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
