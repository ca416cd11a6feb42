import { expect, test } from 'vitest'
import { addPendingLogin, finishPendingLogin, type PendingLogin } from './pending-logins.ts'

const login = (name: string): PendingLogin => ({ id: `_${name}`, wantedPath: `/app/${name}` })

test('case 62: the fifty-first pending login takes the place of the oldest', () => {
  const fifty = Array.from({ length: 50 }, (_, index) => login(`${index}`))
  const pending = addPendingLogin(fifty, login('last'))
  expect(pending).toHaveLength(50)
  expect(pending.at(0)).toEqual(login('1'))
  expect(pending.at(-1)).toEqual(login('last'))
})

test('case 61: a login that Elasticsearch names is finished and no other', () => {
  expect(finishPendingLogin([login('a'), login('b')], '_a')).toEqual({
    wantedPath: '/app/a',
    stillPending: [login('b')],
  })
})

test('a named login that is not pending leads to no page and leaves the others', () => {
  expect(finishPendingLogin([login('a')], '_x')).toEqual({ wantedPath: undefined, stillPending: [login('a')] })
})

test('without a name the only pending login is the one that finished', () => {
  expect(finishPendingLogin([login('a')], undefined)).toEqual({ wantedPath: '/app/a', stillPending: [] })
})

test('without a name the latest of several gives the page, and all stay pending', () => {
  const pending = [login('a'), login('b')]
  expect(finishPendingLogin(pending, undefined)).toEqual({ wantedPath: '/app/b', stillPending: pending })
})

test('without a pending login there is no wanted page', () => {
  expect(finishPendingLogin([], undefined)).toEqual({ wantedPath: undefined, stillPending: [] })
})
