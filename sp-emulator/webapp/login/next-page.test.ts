import { expect, test } from 'vitest'
import { nextPage } from './next-page.ts'

const parts = { baseUrl: new URL('http://app.localhost:5601') }

test.each([
  ['/login?next=%2Fapp%2Fx%3Fone%3Dtwo', '/app/x?one=two'],
  ['/login?next=%2Fapp%2Fx%3Fone%3Dtwo#/workpad', '/app/x?one=two#/workpad'],
  ['http://app.localhost:5601/login?next=%2Fapp%2Fx', '/app/x'],
  ['/login?next=%2Fapp%3Fauth_provider_hint%3Dsaml1&auth_provider_hint=saml1', '/app'],
  ['/login', '/'],
  ['http://[', '/'],
])('a login page leads to the page that it names: %s', (currentUrl, expected) => {
  expect(nextPage(currentUrl, parts)).toBe(expected)
})

test.each([
  ['//evil.test'],
  ['///evil.test'],
  ['////evil.test'],
  ['/\\evil.test'],
  ['\\\\evil.test'],
  ['/\t/evil.test'],
  ['\t//evil.test'],
  ['/\n/evil.test'],
  ['/\r\n/evil.test'],
  ['/.//evil.test'],
  ['https://evil.test/app'],
  ['https:evil.test'],
  ['http://app.localhost:5601@evil.test/'],
  ['http://app.localhost:5602/'],
  ['javascript:alert(1)'],
])('case 112: a hostile next page is the home page: %j', (next) => {
  expect(nextPage(`/login?next=${encodeURIComponent(next)}`, parts)).toBe('/')
})
