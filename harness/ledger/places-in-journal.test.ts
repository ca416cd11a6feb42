import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import type { Seen } from '#server/journal/seen'
import { placesIn } from './places-in-journal.ts'

const wiki = { serviceProvider: 'urn:wiki', sessionIndex: '_s', requestId: '_1', isRequester: false }
const sent: Seen = { what: 'LogoutRequest', direction: 'sent', from: 'urn:idp', to: 'urn:wiki', id: '_1' }
const answer: Seen = {
  what: 'LogoutResponse',
  direction: 'received',
  from: 'urn:wiki',
  inResponseTo: '_1',
  accepted: true,
}

/** What is found of the wiki when the IdP, or somebody else, has seen this. */
function found(seen: readonly Seen[], { party = 'idp', participant = wiki } = {}) {
  const journal = createJournal()
  const clock = settableClock(0)
  for (const each of seen) journal.of(party, clock).note(each)
  return placesIn(journal)(participant)
}

test('asked and answered are the entries of the IdP that have the request, and the answer to it', () => {
  expect(found([sent, answer])).toEqual({ loggedIn: null, asked: 1, answered: 2 })
})

test.each<[string, readonly Seen[]]>([
  ['nothing was sent', []],
  [
    'another request was answered',
    [
      { ...sent, id: '_2' },
      { ...answer, inResponseTo: '_2' },
    ],
  ],
  [
    'the same ID is somebody else’s',
    [
      { ...sent, to: 'urn:mail' },
      { ...answer, from: 'urn:mail' },
    ],
  ],
  [
    'it was the other way round',
    [
      { ...sent, direction: 'received' },
      { ...answer, direction: 'sent' },
    ],
  ],
])('there is no place when %s', (_when, seen) => {
  expect(found(seen)).toEqual({ loggedIn: null, asked: null, answered: null })
})

test('what another party saw is no place of the IdP’s', () => {
  expect(found([sent, answer], { party: 'wiki' })).toEqual({ loggedIn: null, asked: null, answered: null })
})

test('of several answers the accepted one counts, else the first; the second time counts for nothing', () => {
  const refused = { ...answer, accepted: false }
  expect(found([sent, refused, answer, answer])).toEqual({ loggedIn: null, asked: 1, answered: 3 })
  expect(found([sent, refused, refused])).toEqual({ loggedIn: null, asked: 1, answered: 2 })
})

test('a requester was asked nothing, and its own request is what it said', () => {
  const request: Seen = { what: 'LogoutRequest', direction: 'received', from: 'urn:wiki', id: '_1', accepted: true }
  const participant = { ...wiki, isRequester: true }
  expect(found([sent, request], { participant })).toEqual({ loggedIn: null, asked: null, answered: 2 })
})

test('a login is the first Response with its SessionIndex to its service provider', () => {
  const login: Seen = { what: 'Response', direction: 'sent', from: 'idp', to: 'urn:wiki', sessionIndexes: ['_s'] }
  const others = [
    { ...login, sessionIndexes: ['_t'] },
    { ...login, to: 'urn:mail' },
  ]
  expect(found([...others, login, login, sent])).toEqual({ loggedIn: 3, asked: 5, answered: null })
})
