import { expect, test } from 'vitest'
import { type SameSite, sessionCookies } from './session-cookie.ts'

const at = (url: string) => sessionCookies({ baseUrl: new URL(url), name: 'app' })
const { read, intermediate, authenticated, cleared } = at('http://app.localhost:5601')

test.each([
  ['no header', null],
  ['other cookies only', 'a=b; sloop_idp=c'],
  ['an empty value', 'sloop_app='],
  ['a longer name', 'sloop_app2=a'],
])('there is no session cookie: %s', (_case, header) => {
  expect(read(header)).toEqual({ kind: 'none' })
})

test.each([
  ['case 116: a single cookie', 'a=b; sloop_app=secret; c=d'],
  ['case 117: the same cookie twice', 'sloop_app=secret; sloop_app=secret'],
])('a session cookie names its session: %s', (_case, header) => {
  expect(read(header)).toEqual({ kind: 'id', id: 'secret' })
})

test('case 118: two different session cookies are ambiguous', () => {
  expect(read('sloop_app=one; sloop_app=other')).toEqual({ kind: 'ambiguous' })
})

test('case 4: only the cookie of a login under way travels with a post from another site', () => {
  expect(intermediate('s')).toBe('sloop_app=s; Path=/; HttpOnly; SameSite=None; Secure')
})

test('case 8: the cookie of a signed-in user has standard attributes', () => {
  expect(authenticated('s')).toBe('sloop_app=s; Path=/; HttpOnly')
  expect(at('https://app.test').authenticated('s')).toBe('sloop_app=s; Path=/; HttpOnly; Secure')
  expect(at('https://app.test').cleared).toBe('sloop_app=; Path=/; HttpOnly; Max-Age=0; Secure')
})

test('a cookie is cleared by its age', () => {
  expect(cleared).toBe('sloop_app=; Path=/; HttpOnly; Max-Age=0')
})

test('a cookie is cleared with the attributes that it was set with: a browser takes no other from within a frame', () => {
  const { cleared } = sessionCookies({ baseUrl: new URL('http://app.test'), name: 'app', sameSite: 'none' })
  expect(cleared).toBe('sloop_app=; Path=/; HttpOnly; Max-Age=0; SameSite=None; Secure')
})

test('behind a base path a cookie is for the addresses below it only', () => {
  const cookies = at('http://proxy.test/kibana/')
  expect(cookies.intermediate('s')).toBe('sloop_app_kibana=s; Path=/kibana; HttpOnly; SameSite=None; Secure')
  expect(cookies.authenticated('s')).toBe('sloop_app_kibana=s; Path=/kibana; HttpOnly')
  expect(cookies.cleared).toBe('sloop_app_kibana=; Path=/kibana; HttpOnly; Max-Age=0')
})

test('each application has a cookie of its own name', () => {
  const second = sessionCookies({ baseUrl: new URL('http://localhost:5602'), name: 'second' })
  expect(second.authenticated('s')).toBe('sloop_second=s; Path=/; HttpOnly')
  expect(second.read('sloop_app=a; sloop_second=b')).toEqual({ kind: 'id', id: 'b' })
})

test.each<[SameSite, string]>([
  ['lax', 'sloop_app=s; Path=/; HttpOnly; SameSite=Lax'],
  ['strict', 'sloop_app=s; Path=/; HttpOnly; SameSite=Strict'],
  ['none', 'sloop_app=s; Path=/; HttpOnly; SameSite=None; Secure'],
])('the cookie of a signed-in user travels as far as it is told: %s', (sameSite, cookie) => {
  const cookies = sessionCookies({ baseUrl: new URL('http://app.test'), name: 'app', sameSite })
  expect(cookies.authenticated('s')).toBe(cookie)
})
