import { expect, test } from 'vitest'
import { nearSessions, nearTokens } from './near-logins.ts'

const nameId = { value: '_1', format: 'urn:transient', nameQualifier: null, spNameQualifier: 'urn:app' }

test('of each pair of tokens that is near the page tells whose it is, and what it has where the message differs', () => {
  const tokens = [
    {
      ...{ id: 't1', realm: 'saml1', username: 'alice', nameId, sessionIndex: '_s', issuedAt: '2031-05-04T12:00:00Z' },
      ...({ access: 'alive', refresh: 'alive', endedBy: null } as const),
    },
  ]
  const nearest = [
    { token: 't1', differsIn: ['spNameQualifier', 'nameQualifier', 'sessionIndex'] },
    { token: 'ended', differsIn: ['value'] },
  ]
  expect(nearTokens(nearest, tokens)).toEqual([
    {
      ...{ id: 't1', user: 'alice' },
      differences: [
        { field: 'spNameQualifier', there: 'urn:app' },
        { field: 'nameQualifier', there: null },
        { field: 'sessionIndex', there: '_s' },
      ],
    },
    { id: 'ended', user: undefined, differences: [{ field: 'value', there: null }] },
  ])
})

test('a session has for each service provider what that was given', () => {
  const sessions = [
    {
      ...{ id: 's1', user: 'alice', since: '2031-05-04T12:00:00Z' },
      participants: ['urn:wiki', 'urn:app'].map((serviceProvider) => {
        return { serviceProvider, nameId: { ...nameId, value: `at ${serviceProvider}` }, sessionIndex: '_s' }
      }),
    },
  ]
  const nearest = [{ session: 's1', differsIn: ['value'] }]
  expect(nearSessions(nearest, { sessions, serviceProvider: 'urn:app' })).toEqual([
    { id: 's1', user: 'alice', differences: [{ field: 'value', there: 'at urn:app' }] },
  ])
})
