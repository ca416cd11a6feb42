import { expect, test } from 'vitest'
import { createMemoryStore } from '#server/store/store'
import { createUserStore } from './user-store.ts'

const store = () =>
  createUserStore(createMemoryStore(), [
    { username: 'elastic', password: 'secret', roles: [] },
    { username: 'app', password: 'secret', roles: ['a'] },
  ])

test('a reserved user keeps its roles and lives in a realm of its own', () => {
  expect(store().authenticate('elastic', 'secret')).toMatchObject({
    roles: ['superuser'],
    metadata: { _reserved: true },
    realm: { name: 'reserved', type: 'reserved' },
  })
})

test('a native user logs in with their password alone', () => {
  expect(store().authenticate('app', 'secret')).toMatchObject({ roles: ['a'], realm: { name: 'default_native' } })
  expect(store().authenticate('app', 'Secret')).toBeUndefined()
})

test.each(['kibana_system', 'nobody', 'constructor'])('nobody logs in as %s, who has no password', (username) => {
  expect(store().authenticate(username, 'undefined')).toBeUndefined()
})

test('a disabled user neither logs in nor is looked up', () => {
  const users = store()
  const app = users.get('app')
  if (app !== undefined) users.put('app', { ...app, enabled: false })
  expect([users.authenticate('app', 'secret'), users.lookUp('app')]).toEqual([undefined, undefined])
})

test('only native users are looked up for another realm', () => {
  expect([store().lookUp('app')?.username, store().lookUp('elastic')]).toEqual(['app', undefined])
})
