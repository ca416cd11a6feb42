import { expect, test } from 'vitest'
import { basePathOf, cookieSuffixOf, withoutBasePath } from './base-path.ts'

test.each([
  ['http://a.test', ''],
  ['http://a.test/', ''],
  ['http://a.test/kibana/', '/kibana'],
  ['http://a.test/labs/1', '/labs/1'],
])('the base path of %s is [%s]', (url, basePath) => {
  expect(basePathOf(new URL(url))).toBe(basePath)
})

test.each([
  ['', ''],
  ['/kibana', '_kibana'],
  ['/labs/k3f9', '_labs_k3f9'],
  ['/a%20b;c', '_a_20b_c'],
])('the cookies below the base path [%s] have names that end with [%s]', (basePath, suffix) => {
  expect(cookieSuffixOf(basePath)).toBe(suffix)
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
