import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isAnyUri } from './any-uri.ts'

// Taken from Xerces as JDK 17 has it, by an instance of a schema with one element of the type xs:anyURI.

test.each([
  ['nothing', ['']],
  ['names and addresses', ['urn:example:a', 'https://sp.test:8443/slo?a=b&c=%20d#e', 'mailto:a@b.test']],
  ['relative references', ['a', '/a', '//host/a', '../a', '?a', '#a', 'a/b:c', '50', 'a?b:c', '#:']],
  ['letters beyond ASCII', ['https://sp.test/é', 'é', 'urn:漢', 'a#é']],
  ['what XLink escapes', ['a b', 'https://sp.test/{id}|x\\y^z`<">', 'http://a b/']],
  ['no host', ['http:///', '//?', 'http://?a', 'http:?']],
  ['brackets around an address', ['http://[::1]', 'http://u@[::1]:80/', '//[1:2:3:4:5:6:1.2.3.4]?a']],
  ['brackets in an opaque part, a query or a fragment', ['a:[', '?[', '#[', 'urn:x[1]', 'http://h/?a[]=b']],
])('an anyURI may be %s', (_case, texts) => {
  expect(texts.filter((text) => !isAnyUri(text))).toEqual([])
})

test.each([
  ['an escape that is none', ['50%-sure', 'urn:example:50%-sure', '%', '%4', 'a%zz', '?%', '#%f', 'http://a%/']],
  ['a second fragment', ['##', 'a#b#c', '?#a#']],
  ['no scheme before a colon', [':', '::', ':a', ':/a']],
  ['a scheme that is none', ['1a:b', 'é:b', 'a b:c', '-:b', 'a_b:c', 'a%41:b']],
  ['nothing behind the scheme', ['a:', 'a:#', 'urn:#a']],
  ['nothing behind two slashes', ['//', 'http://']],
  ['a bracket in a path', ['[', 'a]', '/[', 'a:/[', 'http://h/[', 'http://h/a]b']],
  ['brackets around what is no address', ['http://[', '//[', 'http://[x]/', 'http://[::1]x/', 'http://[::1%25a]/']],
  ['brackets with a port that is none', ['http://[::1]:99999/', 'http://[::1]:-1/', 'http://[1::2::3]/']],
])('an anyURI may not have %s', (_case, texts) => {
  expect(texts.filter(isAnyUri)).toEqual([])
})

test('an address that a browser writes is an anyURI', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => isAnyUri(new URL(url).href)),
  )
})
