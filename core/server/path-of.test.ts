import { expect, test } from 'vitest'
import { pathOf } from './path-of.ts'

test.each([
  'http://localhost:9200',
  'http://localhost:9200/_security/saml/invalidate?pretty',
  'http://localhost:9200?a=/b',
  'https://[::1]/a//b/?c=d?e#f',
  'http://localhost/a#b?c/d',
  'http://localhost/a/../b%2Fc/%C3%A9 é',
  'http://localhost/http://other/a',
])('the path of a request is that of its URL: %s', (url) => {
  expect(pathOf(new Request(url))).toBe(new URL(url).pathname)
})
