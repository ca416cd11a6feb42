import { expect, test } from 'vitest'
import type { Ledger, LedgerEntry } from '../../harness/index.ts'
import type { Expected } from '../scenario/expected.ts'
import { claimsDifferences, lieDifferences } from './compare-claims.ts'

const app: LedgerEntry = {
  ...{
    party: 'app',
    name: 'app',
    serviceProvider: 'urn:app',
    requester: false,
    sessionIndex: '_1',
    asked: 1,
    answered: 2,
  },
  claimed: 'ended',
  proven: 'ended',
  facts: { application: 'signedOut', accessToken: 'dead', refreshToken: 'dead' },
}
const liar: LedgerEntry = {
  ...app,
  ...{ party: 'wiki', name: 'wiki' },
  proven: 'alive',
  facts: { application: 'signedIn', accessToken: 'unknown', refreshToken: 'unknown' },
}
const ledgerOf = (...participants: readonly LedgerEntry[]): Ledger => ({
  ...{ logout: '_l', user: 'alice', claimed: 'complete', participants, idpSession: 'dead' },
})

test.each<[Expected['claims'], readonly string[]]>([
  [undefined, []],
  [{ app: 'ended', wiki: 'ended' }, []],
  [{ app: 'refused', wiki: 'ended' }, ['app claims ended, expected refused']],
  [{ app: 'ended' }, ['wiki claims ended, expected to be no participant']],
  [{ app: 'ended', wiki: 'ended', mail: 'nothing' }, ['mail claims to be no participant, expected nothing']],
])('where %j is to be claimed, %j is told', (claims, differences) => {
  expect(claimsDifferences({ ...(claims && { claims }) }, [ledgerOf(app, liar)])).toEqual(differences)
})

test('two logins of one service provider are told apart by their names', () => {
  const [first, second] = [
    { ...app, name: 'app, login 1' },
    { ...liar, party: 'app', name: 'app, login 2' },
  ]
  const claims = { 'app, login 1': 'ended', 'app, login 2': 'refused' } as const
  expect(claimsDifferences({ claims }, [ledgerOf(first, second)])).toEqual([
    'app, login 2 claims ended, expected refused',
  ])
  expect(lieDifferences({ claimedButAlive: ['app, login 2'] }, [ledgerOf(first, second)])).toEqual([])
})

test('claims are those of the last logout', () => {
  const ledgers = [ledgerOf(app), ledgerOf({ ...app, claimed: 'refused' })]
  expect(claimsDifferences({ claims: { app: 'refused' } }, ledgers)).toEqual([])
  expect(claimsDifferences({ claims: { app: 'ended' } }, [])).toEqual([
    'app claims to be no participant, expected ended',
  ])
})

const lie = 'wiki claims that the session ended, and it has not: application is signedIn'

test('a lie that nobody expected is told, with what lives, in whatever logout it was', () => {
  expect(lieDifferences({}, [ledgerOf(app)])).toEqual([])
  expect(lieDifferences({}, [ledgerOf(liar), ledgerOf(app)])).toEqual([lie])
  expect(lieDifferences({ claimedButAlive: ['app'] }, [ledgerOf(app, liar)])).toEqual([
    lie,
    'app was to claim an end that is none, and did not',
  ])
})

test('a lie that is expected is none, and one that did not happen is told', () => {
  expect(lieDifferences({ claimedButAlive: ['wiki'] }, [ledgerOf(liar)])).toEqual([])
  const honest: LedgerEntry = { ...liar, claimed: 'refused' }
  expect(lieDifferences({ claimedButAlive: ['wiki'] }, [ledgerOf(honest)])).toEqual([
    'wiki was to claim an end that is none, and did not',
  ])
  expect(lieDifferences({}, [ledgerOf(honest)])).toEqual([])
})
