import { expect, test } from 'vitest'
import { basePathOf, withoutBasePath } from './base-path.ts'

test.each([
  ['http://a.test', ''],
  ['http://a.test/', ''],
  ['http://a.test/kibana/', '/kibana'],
  ['http://a.test/labs/1', '/labs/1'],
])('the base path of %s is [%s]', (url, basePath) => {
  expect(basePathOf(new URL(url))).toBe(basePath)
})

test.each([
  ['/kibana/app', '/kibana', '/app'],
  ['/app', '/kibana', '/app'],
  ['/kibana', '/kibana', '/'],
  ['/kibana/', '/kibana', '/'],
  ['/kibanas/app', '/kibana', '/kibanas/app'],
  ['/app', '', '/app'],
])('a route is found with and without the base path: %s', (path, basePath, route) => {
  expect(withoutBasePath(path, basePath)).toBe(route)
})
