import { expect, test } from 'vitest'
import { hintForText } from './text.ts'

const sp = 'https://sp.test:8443/saml/logout?tenant=a'

test.each([
  ['https://SP.test:8443/SAML/logout?tenant=a', 'it differs only in upper and lower case'],
  [` ${sp}\n`, 'it differs only in white space around it'],
  [
    'https://sp.test:8443/saml\u200B/logout?tenant=a',
    'it has an invisible character, U+200B, at 26: they differ in that alone',
  ],
  ['http://sp.test:8443/saml/logout?tenant=a', 'it differs only in the scheme: http where https was expected'],
  ['https://sp.test/saml/logout?tenant=a', 'it differs only in the port: none (443) where 8443 was expected'],
  [
    'http://sp.test/saml/logout?tenant=a',
    'it differs only in scheme and port: http://sp.test where https://sp.test:8443 was expected, as behind a proxy that ends TLS',
  ],
  ['https://idp.test:8443/saml/logout?tenant=a', 'it differs only in the host: idp.test where sp.test was expected'],
  ['https://sp.test:8443/saml/logout', 'it differs only in the query: [?tenant=a] is missing'],
  [
    'https://sp.test:8443/saml/logout?tenant=b',
    'it differs only in the query: [?tenant=b] where [?tenant=a] was expected',
  ],
  [`${sp}#top`, 'it differs only in the fragment, which is no part of an address that is compared'],
  [
    'https://sp.test:8443/saml/logout%3Ftenant=a',
    'it differs only in escapes that should not be there: it was escaped once more',
  ],
  [`["${sp}"]`, 'it is written as a list or in quotes: somebody printed a value of his language in place of the text'],
  ['', 'it is empty'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what was left unexpanded
  ['${slo.url}', 'it is a placeholder that nobody filled in: [${slo.url}]'],
  ['https://sp.test:8443/saml/log', 'it ends after 29 of 41 characters: it was cut'],
])('an address that differs in one thing is told in what: %j', (actual, hint) => {
  expect(hintForText({ expected: sp, actual })).toBe(hint)
})

test.each([
  ['urn:sp', 'urn:sp/', 'it differs only in a slash at its end, which was not expected'],
  ['https://sp.test/', 'https://sp.test', 'it differs only in a slash at its end, which is missing'],
  [
    'http://localhost:5601/',
    'http://127.0.0.1:5601/',
    'it differs only in the name of this machine: 127.0.0.1 where localhost was expected',
  ],
  ['urn:sp ', 'urn:sp', 'it differs only in white space around what was expected'],
  ['urn:s\u00ADp', 'urn:sp', 'what was expected has an invisible character, U+00AD, at 6: they differ in that alone'],
  ['https://sp.test/?a=1&b=2', 'https://sp.test/?a=1&amp;b=2', 'it differs only in that & was escaped twice, as &amp;'],
  ['https://sp.test/%2Fa', 'https://sp.test/%2fa', 'it differs only in the case of its escapes'],
  ['https://sp.test/a%20b', 'https://sp.test/a b', 'it differs only in that its escapes are missing'],
  ['http://sp.test/', 'http://sp.test/?sls', 'it differs only in the query: [?sls] was not expected'],
])('what differs in one thing is told in what: %j, %j', (expected, actual, hint) => {
  expect(hintForText({ expected, actual })).toBe(hint)
})

test.each([
  ['InResponseTo', 'it is the word InResponseTo, where its value should stand'],
  ['ID', 'it is the word ID, where its value should stand'],
  ['4fee3b', 'it is without the underscore at the beginning'],
  ['__4fee3b', 'it has an underscore at the beginning that was not expected'],
  ['[_4fee3b]', 'it is written as a list or in quotes: somebody printed a value of his language in place of the text'],
])('an InResponseTo is told what became of the ID: %s', (actual, hint) => {
  expect(hintForText({ expected: ['_0', '_4fee3b'], actual })).toBe(hint)
})

test('what is another known value is named', () => {
  const others = [
    { label: 'the ACS of this service provider, not its logout address', value: 'https://sp.test/acs' },
    { label: 'the ID of an older request', value: '_0' },
  ]
  expect(hintForText({ expected: 'https://sp.test/slo', actual: 'https://sp.test/acs', others })).toBe(
    'that is the ACS of this service provider, not its logout address',
  )
  expect(hintForText({ expected: '_1', actual: '_0', others })).toBe('that is the ID of an older request')
})

test.each([
  ['https://sp.test/slo', 'http://idp.test/slo'],
  ['https://sp.test/slo', 'https://sp.test/'],
  ['https://sp.test/slo', 'https://sp.test/slo/more'],
  ['urn:sp', 'urn:idp'],
  ['_1', '_2'],
  ['urn:sp', 'urn:sp'],
  ['urn:sp', ' '.repeat(9_000)],
])('nothing is said of what differs in more, or not at all: %j, %.20j', (expected, actual) => {
  expect(hintForText({ expected, actual })).toBeUndefined()
})
