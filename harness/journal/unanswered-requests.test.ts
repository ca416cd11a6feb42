import { expect, test } from 'vitest'
import { systemClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import type { Seen } from '#server/journal/seen'
import { createDescriber } from './describe-entry.ts'
import { unansweredRequests } from './unanswered-requests.ts'

const describer = createDescriber({ partners: new Map() })
const asynchronous =
  '<p:LogoutRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"><p:Extensions><a:Asynchronous xmlns:a="urn:oasis:names:tc:SAML:2.0:protocol:ext:async-slo"/></p:Extensions></p:LogoutRequest>'

const logout = (party: string, more: object = {}) =>
  [party, { what: 'LogoutRequest', direction: 'sent', id: '_1', ...more }] as const
const answer = (party: string, direction: 'sent' | 'received') =>
  [party, { what: 'LogoutResponse', direction, inResponseTo: '_1', id: '_2' }] as const
const login = ['wiki', { what: 'AuthnRequest', direction: 'sent', id: '_1' }] as const
const arrived = ['idp', { what: 'AuthnRequest', direction: 'received', id: '_1', accepted: true }] as const
const signedIn = ['idp', { what: 'Response', direction: 'sent', inResponseTo: '_1', id: '_2' }] as const

const stories: readonly (readonly [string, readonly (readonly [string, Seen])[], number])[] = [
  ['nobody answered', [logout('idp')], 1],
  ['who asked was answered', [logout('idp'), answer('idp', 'received')], 0],
  ['the answer went astray', [logout('idp'), answer('wiki', 'sent')], 1],
  ['of a minted one any answer does', [logout('idp', { minted: true }), answer('es', 'sent')], 0],
  ['no answer to a minted one', [logout('idp', { minted: true })], 1],
  ['an application need not hand on what answers Elasticsearch', [logout('es'), answer('idp', 'sent')], 0],
  ['Elasticsearch is not answered at all', [logout('es')], 1],
  ['an asynchronous one wants no answer', [logout('wiki', { document: asynchronous })], 0],
  ['a sign-in that nobody finished', [login, arrived], 0],
  ['a sign-in that was finished and did not arrive', [login, arrived, signedIn], 1],
  ['a sign-in that the IdP never saw', [login], 1],
]

test.each(stories)('%s', (_story, seen, count) => {
  const journal = createJournal()
  for (const [party, each] of seen) journal.of(party, systemClock).note(each)
  expect(unansweredRequests(journal.since(), describer)).toHaveLength(count)
})
