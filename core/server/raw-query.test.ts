import { expect, test } from 'vitest'
import { rawQuery } from './raw-query.ts'

const request = new Request('http://sp.test/logout?SAMLRequest=normalised')
const received = (url: string) => ({ incoming: { url } })

test.each([
  ['quotes and angle brackets', `/logout?a='"<>`, `a='"<>`],
  ['lower-case and upper-case escapes', '/logout?a=%2b%2B', 'a=%2b%2B'],
  ['dot segments', '/a/../logout?b=/../c', 'b=/../c'],
  ['a second question mark', '/logout?a=?b', 'a=?b'],
  ['an absolute-form target', 'http://evil.test/logout?a=1', 'a=1'],
  ['a hash sign', '/logout?a=#b', 'a=#b'],
])('keeps the octets after the first question mark: %s', (_case, target, query) => {
  expect(rawQuery(request, received(target))).toBe(query)
})

test.each([
  ['no question mark', '/logout'],
  ['nothing after it', '/logout?'],
])('is empty when there is no query: %s', (_case, target) => {
  expect(rawQuery(request, received(target))).toBe('')
})

test.each([undefined, null, {}, { incoming: {} }])('is the query of the URL when no socket was involved: %o', (env) => {
  expect(rawQuery(new Request('http://sp.test/logout?a=%2b#top'), env)).toBe('a=%2b')
})
