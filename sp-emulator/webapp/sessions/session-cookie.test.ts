import { expect, test } from 'vitest'
import { authenticatedCookie, clearedCookie, intermediateCookie, readSessionCookie } from './session-cookie.ts'

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
  expect(intermediateCookie('s')).toBe('sloop_app=s; Path=/; HttpOnly; SameSite=None; Secure')
})

test('case 8: the cookie of a signed-in user has standard attributes', () => {
  expect(authenticatedCookie('s', { secure: false })).toBe('sloop_app=s; Path=/; HttpOnly')
  expect(authenticatedCookie('s', { secure: true })).toBe('sloop_app=s; Path=/; HttpOnly; Secure')
})

test('a cookie is cleared by its age', () => {
  expect(clearedCookie).toBe('sloop_app=; Path=/; HttpOnly; Max-Age=0')
})
