import type { Journal } from '#server/journal/journal'
import type { KeptSeen } from '#server/journal/seen'
import type { ParticipantAccount } from '../../idp/index.ts'

type Asked = Pick<ParticipantAccount, 'serviceProvider' | 'sessionIndex' | 'requestId' | 'isRequester'>

/** The `seq`s of a participant's login, of what it was asked and of what it said; null where nothing stands in the journal, or no longer. */
export type FindPlaces = (participant: Asked) => Readonly<Record<'loggedIn' | 'asked' | 'answered', number | null>>

/**
 * Reads the journal once, for any number of participants. A requester was asked nothing, and what it said is its request. Of several answers to a request the one that was
 * accepted counts, else the first.
 */
export function placesIn(journal: Pick<Journal, 'since'>): FindPlaces {
  const places = new Map<string, KeptSeen>()
  for (const entry of journal.since()) {
    const key = keyOf(entry)
    const before = key === undefined ? undefined : places.get(key)
    if (key !== undefined && (before === undefined || isBetter(entry, before))) places.set(key, entry)
  }
  const find = (role: Role, { serviceProvider, requestId, sessionIndex }: Asked): number | null =>
    places.get(JSON.stringify([role, serviceProvider, role === 'loggedIn' ? sessionIndex : requestId]))?.seq ?? null
  return (participant) => ({
    loggedIn: find('loggedIn', participant),
    asked: participant.isRequester ? null : find('asked', participant),
    answered: find(participant.isRequester ? 'requested' : 'answered', participant),
  })
}

type Role = 'loggedIn' | 'asked' | 'answered' | 'requested'

/** What an entry of the IdP is to a logout: its service provider's name alone does not say which, since IDs are chosen by whoever writes a request. */
function keyOf({ party, what, direction, from, to, id, inResponseTo, sessionIndexes }: KeptSeen): string | undefined {
  if (party !== 'idp') return undefined
  const key = (role: Role, ...named: readonly (string | undefined)[]) => JSON.stringify([role, ...named])
  if (what === 'Response' && direction === 'sent') return key('loggedIn', to, sessionIndexes?.[0])
  if (what === 'LogoutRequest') return direction === 'sent' ? key('asked', to, id) : key('requested', from, id)
  if (what === 'LogoutResponse' && direction === 'received') return key('answered', from, inResponseTo)
  return undefined
}

const isBetter = (entry: KeptSeen, before: KeptSeen): boolean => entry.accepted === true && before.accepted === false
