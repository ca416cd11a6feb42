import { expect, test } from 'vitest'
import { isOfLogin, livesOf } from './pairs-of-login.ts'

const name = (value: string, kind = 'persistent') => ({
  value,
  format: `urn:oasis:names:tc:SAML:2.0:nameid-format:${kind}`,
  nameQualifier: null,
  spNameQualifier: null,
})
const login = { nameId: name('alice'), sessionIndex: '_1' }

test.each([
  ['its SessionIndex', login, { nameId: name('other'), sessionIndex: '_1' }, true],
  ['another SessionIndex of the same name', login, { nameId: name('alice'), sessionIndex: '_2' }, false],
  [
    'its name, where Elasticsearch was told no SessionIndex',
    login,
    { nameId: name('alice'), sessionIndex: null },
    true,
  ],
  ['another name without a SessionIndex', login, { nameId: name('bob'), sessionIndex: null }, false],
  ['its name, where the login has no SessionIndex', { ...login, sessionIndex: '' }, { ...login }, true],
  [
    'no SessionIndex on both sides, and another name',
    { ...login, sessionIndex: '' },
    { nameId: name('bob'), sessionIndex: '' },
    false,
  ],
  [
    'a transient name, whatever the SessionIndex became',
    { ...login, nameId: name('_t', 'transient') },
    { nameId: name('_t', 'transient'), sessionIndex: '_shared' },
    true,
  ],
  ['no name at all', login, { nameId: null, sessionIndex: null }, false],
])('a pair is of a login by %s', (_by, of, pair, expected) => {
  expect(isOfLogin(of, pair)).toBe(expected)
})

const pair = { access: 'invalidated', refresh: 'invalidated' } as const

test('a used, an expired and an ended token are dead; one of a later pair that lives is enough', () => {
  expect(livesOf([{ access: 'expired', refresh: 'used' }])).toEqual({ accessToken: 'dead', refreshToken: 'dead' })
  expect(livesOf([{ access: 'invalidated', refresh: 'expired' }])).toEqual({
    accessToken: 'dead',
    refreshToken: 'dead',
  })
  expect(livesOf([pair, { ...pair, access: 'alive' }])).toEqual({ accessToken: 'alive', refreshToken: 'dead' })
  expect(livesOf([{ ...pair, refresh: 'alive' }, pair])).toEqual({ accessToken: 'dead', refreshToken: 'alive' })
})
