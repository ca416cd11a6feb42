import { expect, test } from 'vitest'
import { readSessionCookie, sessionCookies } from './session-cookie.ts'

const { intermediate, authenticated, cleared } = sessionCookies(new URL('http://app.localhost:5601'))

test.each([
  ['no header', null],
  ['other cookies only', 'a=b; sloop_idp=c'],
  ['an empty value', 'sloop_app='],
  ['a longer name', 'sloop_app2=a'],
])('there is no session cookie: %s', (_case, header) => {
  expect(readSessionCookie(header)).toEqual({ kind: 'none' })
})

test.each([
  ['case 116: a single cookie', 'a=b; sloop_app=secret; c=d'],
  ['case 117: the same cookie twice', 'sloop_app=secret; sloop_app=secret'],
])('a session cookie names its session: %s', (_case, header) => {
  expect(readSessionCookie(header)).toEqual({ kind: 'id', id: 'secret' })
})

test('case 118: two different session cookies are ambiguous', () => {
  expect(readSessionCookie('sloop_app=one; sloop_app=other')).toEqual({ kind: 'ambiguous' })
})

test('case 4: only the cookie of a login under way travels with a post from another site', () => {
  expect(intermediate('s')).toBe('sloop_app=s; Path=/; HttpOnly; SameSite=None; Secure')
})

test('case 8: the cookie of a signed-in user has standard attributes', () => {
  expect(authenticated('s')).toBe('sloop_app=s; Path=/; HttpOnly')
  expect(sessionCookies(new URL('https://app.test')).authenticated('s')).toBe('sloop_app=s; Path=/; HttpOnly; Secure')
})

test('a cookie is cleared by its age', () => {
  expect(cleared).toBe('sloop_app=; Path=/; HttpOnly; Max-Age=0')
})

test('behind a base path a cookie is for the addresses below it only', () => {
  const cookies = sessionCookies(new URL('http://proxy.test/kibana/'))
  expect(cookies.intermediate('s')).toBe('sloop_app=s; Path=/kibana; HttpOnly; SameSite=None; Secure')
  expect(cookies.authenticated('s')).toBe('sloop_app=s; Path=/kibana; HttpOnly')
  expect(cookies.cleared).toBe('sloop_app=; Path=/kibana; HttpOnly; Max-Age=0')
})
