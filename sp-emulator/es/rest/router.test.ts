import { expect, test } from 'vitest'
import type { Method, Route } from './route.ts'
import { createRouter } from './router.ts'

const makeRoute = (method: Method, path: string): Route => ({ method, path, handle: async () => ({ status: 200 }) })
const find = createRouter([
  makeRoute('GET', '/user'),
  makeRoute('GET', '/user/{name}'),
  makeRoute('PUT', '/user/{name}/_password'),
  makeRoute('PUT', '/user/_password'),
])

test.each([
  ['GET', '/user', '/user', ''],
  ['GET', '/user/', '/user', ''],
  ['GET', '/user/a%20b', '/user/{name}', 'a b'],
  ['PUT', '/user/a/_password', '/user/{name}/_password', 'a'],
  ['PUT', '/user/_password', '/user/_password', ''],
])('%s %s finds %s with "%s"', (method, path, expected, pathParameter) => {
  expect(find(method, path)).toMatchObject({ kind: 'route', route: { path: expected }, pathParameter })
})

test.each(['/', '/users', '/user/a/b', '/user/a/_password/b', '/a/user'])('there is nothing at %s', (path) => {
  expect(find('GET', path)).toEqual({ kind: 'none' })
})

test('a path with a parameter has methods of its own', () => {
  expect(find('GET', '/user/a/_password')).toEqual({ kind: 'other-methods', methods: ['PUT'] })
})
