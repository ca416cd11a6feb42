import fc from 'fast-check'
import { expect, test } from 'vitest'
import { address, logoutRequest, signedUrl, verifiedDocument } from './pasted.test-support.ts'
import { readPresented } from './read-presented.ts'

const url = await signedUrl()
const query = url.slice(url.indexOf('?') + 1)
const wrapped = (text: string, width: number, glue = '\n') =>
  text.match(new RegExp(`.{1,${width}}`, 'g'))?.join(glue) ?? ''

type Way = readonly [name: string, paste: (url: string) => string, notes: readonly string[]]
const twice = 'decoded twice: it was percent-encoded once more than a receiver undoes'

const ways: readonly Way[] = [
  ['an address', (text) => text, []],
  ['an address with blanks around it', (text) => `\n  ${text}\t\n`, []],
  ['in double quotes', (text) => `"${text}"`, []],
  ['in single quotes', (text) => `'${text}'`, []],
  ['in angle brackets', (text) => `<${text}>`, []],
  ['in a sentence', (text) => `The browser went to (${text}), and then nothing.`, []],
  ['a header line', (text) => `HTTP/1.1 302 Found\r\nLocation: ${text}\r\nVary: Cookie\r\n\r\n`, []],
  ['a line of a log', (text) => `2031-05-04 12:00:00 INFO redirect url=${text} status=302`, []],
  ['a command', (text) => `curl -v '${text}' -H 'Cookie: a=b'`, []],
  ['with a fragment', (text) => `${text}#top`, ['left out the fragment']],
  ['HTML-escaped', (text) => text.replaceAll('&', '&amp;'), ['unescaped HTML']],
  ['a link', (text) => `<a href="${text.replaceAll('&', '&amp;')}">on</a>`, ['unescaped HTML']],
  ['numerically escaped', (text) => text.replaceAll('&', '&#38;').replaceAll('=', '&#x3D;'), ['unescaped HTML']],
  ['JSON-escaped', (text) => `{"to":"${text.replaceAll('&', '\\u0026')}"}`.slice(1), ['unescaped JSON']],
  ['with escaped slashes', (text) => `["${text.replaceAll('/', '\\/')}"]`, ['unescaped JSON']],
  ['wrapped', (text) => wrapped(text, 76), ['joined lines']],
  ['wrapped and quoted', (text) => wrapped(text, 60, '\r\n> '), ['joined lines']],
  ['wrapped and indented, with text behind', (text) => `see ${wrapped(text, 50, '\n    ')}\nDone.`, ['joined lines']],
  ['wrapped in a request line', (text) => `GET ${wrapped(text, 80)} HTTP/1.1\nHost: sp.test`, ['joined lines']],
  ['percent-encoded twice', (text) => text.replaceAll('%', '%25'), [twice]],
  ['as a parameter of another address', (text) => `https://a.test/?to=${encodeURIComponent(text)}&lang=de`, [twice]],
]

test.each(ways)('a signature still verifies after the address was pasted: %s', (_name, paste, notes) => {
  const { isCapture, messages, unread } = readPresented(paste(url))
  expect({ isCapture, unread, count: messages.length }).toEqual({ isCapture: false, unread: [], count: 1 })
  expect(messages[0]).toEqual({ presented: { carrier: 'query', queryString: query, address }, notes })
  expect(verifiedDocument(messages[0])).toBe(logoutRequest)
})

test.each([
  ['alone', query],
  ['behind a question mark', `?${query}`],
  ['behind a name', `query_string=${query}`],
  ['of a path', `GET /slo?${query} HTTP/1.1`],
  ['percent-encoded as a whole', encodeURIComponent(query)],
])('a query is kept octet for octet: %s', (_name, pasted) => {
  expect(readPresented(pasted).messages[0]?.presented).toEqual({ carrier: 'query', queryString: query })
})

test('whatever is minted by Redirect survives each way of being pasted', { timeout: 30_000 }, async () => {
  const texts = fc.string({ unit: fc.constantFrom(...'aB3%+ &=?#\'"<>é/'), minLength: 1 })
  const sent = fc.record({ relayState: fc.option(texts, { nil: undefined }), id: fc.integer({ min: 0 }) })
  await fc.assert(
    fc.asyncProperty(sent, fc.constantFrom(...ways), async ({ relayState, id }, [, paste]) => {
      const document = logoutRequest.replace('_1', `_${id}`)
      const pasted = paste(await signedUrl(document, relayState))
      expect(verifiedDocument(readPresented(pasted).messages[0])).toBe(document)
    }),
    { numRuns: 60 },
  )
})

test('a query in lower-case escapes stays so', () => {
  const lower = query.replace(/%[\dA-F]{2}/g, (written) => written.toLowerCase())
  expect(readPresented(lower).messages[0]?.presented).toMatchObject({ queryString: lower })
})

test('several addresses in a log are several messages in their order', async () => {
  const other = await signedUrl(logoutRequest.replace('_1', '_2'))
  const { isCapture, messages } = readPresented(`> GET ${url}\n< 302\n> GET ${other}\n`)
  expect(isCapture).toBe(true)
  expect(messages.map(verifiedDocument)).toEqual([logoutRequest, logoutRequest.replace('_1', '_2')])
})

test.each([
  ['SAMLRequest twice', `${query}&${query}`, 'SAMLRequest twice'],
  ['one of each kind', `${query}&SAMLResponse=a`, 'a SAMLRequest and a SAMLResponse'],
])('a query with two messages is refused in one sentence: %s', (_name, pasted, which) => {
  expect(() => readPresented(pasted)).toThrow(
    expect.objectContaining({ name: 'ConfigError', message: `the query has two messages, ${which}: expected one` }),
  )
})
