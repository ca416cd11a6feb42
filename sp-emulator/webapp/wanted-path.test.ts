import { expect, test } from 'vitest'
import { capturedPath, captureUrlPath, hasSavedHash, loginPath, providerHint, wantedPath } from './wanted-path.ts'

test.each([
  ['/app/x', '/internal/security/capture-url?next=%2Fapp%2Fx%3Fauth_provider_hint%3Dsaml1'],
  ['/app/x?one=two', '/internal/security/capture-url?next=%2Fapp%2Fx%3Fone%3Dtwo%26auth_provider_hint%3Dsaml1'],
])('the capture page is told where to come back to, and the provider: %s', (path, expected) => {
  expect(captureUrlPath(path, 'saml1')).toBe(expected)
})

test('the capture page comes back with room for the hash', () => {
  expect(capturedPath('/app/x?auth_provider_hint=saml1#/old')).toBe('/app/x?auth_provider_hint=saml1&auth_url_hash=')
})

test('case 41: the login page keeps a hint about the provider', () => {
  expect(loginPath('/app/x?one=two')).toBe('/login?next=%2Fapp%2Fx%3Fone%3Dtwo')
  expect(loginPath('/?auth_provider_hint=saml2')).toBe(
    '/login?next=%2F%3Fauth_provider_hint%3Dsaml2&auth_provider_hint=saml2',
  )
})

test.each([
  ['nothing is added when nothing was saved', '/app/x?auth_provider_hint=saml1&auth_url_hash=', '/app/x'],
  ['the hash comes back', '/app/x?one=two&auth_provider_hint=a&auth_url_hash=%23%2Fworkpad', '/app/x?one=two#/workpad'],
  ['what else is in the query keeps its spelling', '/x?a=%2f+b&auth_url_hash=&c', '/x?a=%2f+b&c'],
  ['a saved part that is no hash is dropped', '/x?auth_url_hash=%2F%2Fevil.test', '/x'],
  ['a hash of its own stays', '/x?auth_provider_hint=a#/y?auth_url_hash=z', '/x#/y?auth_url_hash=z'],
])('the wanted page has neither of our parameters: %s', (_case, path, expected) => {
  expect(wantedPath(path)).toBe(expected)
})

test('an empty saved hash is a saved hash', () => {
  expect([hasSavedHash('/x?auth_url_hash='), hasSavedHash('/x')]).toEqual([true, false])
})

test('the hint names the provider', () => {
  expect([providerHint('/x?auth_provider_hint=saml2'), providerHint('/x')]).toEqual(['saml2', undefined])
})
