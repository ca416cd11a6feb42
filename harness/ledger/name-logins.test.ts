import { expect, test } from 'vitest'
import { nameLogins } from './name-logins.ts'

test('logins of one party are numbered in the order in which they happened, whatever the order of the ledger', () => {
  const logins = [
    { party: 'app', loggedIn: 9 },
    { party: 'wiki', loggedIn: 4 },
    { party: 'app', loggedIn: 2 },
  ]
  expect(nameLogins(logins)).toEqual(['app, login 2', 'wiki', 'app, login 1'])
})

test('logins that have fallen out of the journal stand last, and have different names all the same', () => {
  const [known, unknown] = [
    { party: 'app', loggedIn: 2 },
    { party: 'app', loggedIn: null },
  ]
  expect(nameLogins([unknown, known, { ...unknown }])).toEqual(['app, login 2', 'app, login 1', 'app, login 3'])
})
