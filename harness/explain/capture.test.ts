import { expect, test } from 'vitest'
import { writeSoap } from '#saml/bindings/soap'
import { readCapture } from './capture.ts'
import { address, logoutRequest, signedUrl, verifiedDocument } from './pasted.test-support.ts'
import { readPresented } from './read-presented.ts'

const url = await signedUrl()
const query = url.slice(url.indexOf('?') + 1)
const posted = Buffer.from(logoutRequest).toString('base64')
const body = new URLSearchParams({ SAMLRequest: posted, RelayState: 'a b', password: 'secret' }).toString()
const page = `<form action="/acs"><input name="SAMLRequest" value="${posted}"><input name="RelayState" value="a b"></form>`
const at = '2031-05-04T12:00:00.000Z'

const entry = (request: object, response: object = {}) => ({
  startedDateTime: at,
  request: { method: 'GET', cookies: [{ name: 'sid', value: 'secret' }], headers: [], ...request },
  response: { status: 200, headers: [], redirectURL: '', content: { text: 'secret' }, ...response },
})
const har = (...entries: object[]) =>
  JSON.stringify({ log: { version: '1.2', pages: [{ id: 'p' }], entries } }, null, 2)
const place = (count: number, call: string) => `request ${count} at ${at}, ${call}`
const redirectMessage = { carrier: 'query', queryString: query, address }
const postedMessage = {
  carrier: 'form',
  fields: { SAMLRequest: posted, RelayState: 'a b' },
  address: 'https://sp.test/acs',
}

test('the messages of a HAR are read in their order, each with its place, and nothing but SAML of them', () => {
  const found = readPresented(
    har(
      entry({ url: 'https://sp.test/' }),
      entry({ url: `${url}&token=secret#there` }),
      entry({ method: 'POST', url: 'https://sp.test/acs', postData: { mimeType: 'x', text: body } }),
    ),
  )
  expect(found).toEqual({
    isCapture: true,
    unread: [],
    messages: [
      { presented: redirectMessage, notes: [], at, where: place(2, 'GET https://sp.test/slo') },
      { presented: postedMessage, notes: [], at, where: place(3, 'POST https://sp.test/acs') },
    ],
  })
  expect(JSON.stringify(found)).not.toContain('secret')
  expect(verifiedDocument(found.messages[0])).toBe(logoutRequest)
})

test.each([
  ['decoded, as Firefox writes them', (value: string) => value],
  ['encoded, as Chrome writes them', encodeURIComponent],
])('params serve where the text of a form is missing: %s', (_name, written) => {
  const params = [
    { name: 'SAMLRequest', value: written(posted) },
    { name: 'RelayState', value: written('a b') },
  ]
  const sent = entry({ method: 'POST', url: 'https://sp.test/acs', postData: { mimeType: 'x', params } })
  expect(readPresented(har(sent)).messages[0]?.presented).toEqual(postedMessage)
})

test('a body in base64 is decoded', () => {
  const postData = { mimeType: 'x', encoding: 'base64', text: Buffer.from(body).toString('base64') }
  const sent = entry({ method: 'POST', url: 'https://sp.test/acs', postData })
  expect(readPresented(har(sent)).messages[0]?.presented).toEqual(postedMessage)
})

test('what an answer leads to is one message with the request that follows', () => {
  const content = { mimeType: 'text/html', encoding: 'base64', text: Buffer.from(page).toString('base64') }
  const redirect = { status: 302, redirectURL: url, headers: [{ name: 'Location', value: url }] }
  const found = readPresented(
    har(
      entry({ url: 'https://idp.test/logout' }, redirect),
      entry({ url }),
      entry({ url: 'https://sp.test/form' }, { content }),
      entry({ method: 'POST', url: 'https://sp.test/acs', postData: { text: body } }),
    ),
  )
  expect(found.messages.map(({ where }) => where)).toEqual([
    place(2, 'GET https://sp.test/slo'),
    place(4, 'POST https://sp.test/acs'),
  ])
})

test('what an answer leads to is a message of its own where no request followed', () => {
  const redirect = { headers: [{ name: 'location', value: url }] }
  const found = readPresented(
    har(
      entry({ url: 'https://idp.test/a' }, redirect),
      entry({ url: 'https://sp.test/b' }, { content: { text: page } }),
    ),
  )
  expect(found.messages.map(({ presented, where }) => [presented, where])).toEqual([
    [redirectMessage, `answer to ${place(1, 'GET https://idp.test/a')}`],
    [postedMessage, `answer to ${place(2, 'GET https://sp.test/b')}`],
  ])
})

test('a message that was sent twice is judged twice', () => {
  expect(readPresented(har(entry({ url }), entry({ url }))).messages).toHaveLength(2)
})

test('a SOAP call and its answer are messages', () => {
  const answer = logoutRequest.replaceAll('LogoutRequest', 'LogoutResponse')
  const call = entry(
    { method: 'POST', url: 'https://idp.test/slo/soap', postData: { text: writeSoap(logoutRequest) } },
    { content: { text: writeSoap(answer) } },
  )
  expect(readPresented(har(call)).messages.map(({ presented }) => presented)).toEqual([
    {
      carrier: 'document',
      document: expect.stringMatching('^<samlp:LogoutRequest'),
      address: 'https://idp.test/slo/soap',
    },
    { carrier: 'document', document: expect.stringMatching('^<samlp:LogoutResponse') },
  ])
})

test('a message that cannot be read does not hide the others', () => {
  const found = readPresented(har(entry({ url: `${url}&${query}` }), entry({ url })))
  expect(found.messages).toHaveLength(1)
  expect(found.unread).toEqual([
    `${place(1, 'GET https://sp.test/slo')}: the query has two messages, SAMLRequest twice: expected one`,
  ])
})

test.each([
  ['in the middle of an entry', 40],
  ['between two entries', 12],
])('of a HAR that is truncated what came before is judged: %s', (_name, cut) => {
  const whole = har(entry({ url }), entry({ url: 'https://sp.test/' }))
  const text = whole.slice(0, whole.length - cut)
  const { messages, unread } = readPresented(text)
  expect(messages.map(({ presented }) => presented)).toEqual([redirectMessage])
  expect(unread).toEqual([`it ends in the middle, at byte ${text.length}: what stood behind is not judged`])
})

test('a HAR that is broken is read up to there', () => {
  const broken = har(entry({ url }), entry({ url: 'https://sp.test/' })).replace('"https://sp.test/"', 'nothing')
  const { messages, unread } = readPresented(broken)
  expect(messages).toHaveLength(1)
  expect(unread).toEqual([
    expect.stringMatching(/^it ends in the middle, at byte \d+: what stood behind is not judged$/),
  ])
})

test.each([
  ['a HAR without SAML', har(entry({ url: 'https://sp.test/' })), 'it has no SAML message in its 1 requests'],
  ['an empty HAR', har(), 'it has no SAML message in its 0 requests'],
  ['other JSON', '{"a":[{}]}', 'it is JSON without entries: expected a HAR or an export of SAML-tracer'],
  [
    'the beginning of other JSON',
    '{"a":',
    'it is JSON without entries: expected a HAR or an export of SAML-tracer; it ends in the middle, at byte 5',
  ],
])('what has no message is told in one sentence: %s', (_name, text, message) => {
  expect(() => readPresented(text)).toThrow(expect.objectContaining({ name: 'ConfigError', message }))
})

// As src/SAMLTrace.js and src/SAMLTraceIO.js of simplesamlphp/SAML-tracer write them.
const traced = (...requests: object[]) => JSON.stringify({ requests, timestamp: at })
const tracedPost = {
  ...{ method: 'POST', url: 'https://sp.test/acs', requestId: 'request-1', protocol: 'SAML-P', saml: logoutRequest },
  ...{ requestHeaders: [{ name: 'Cookie', value: 'secret' }], responseStatus: 302 },
}

test('the messages of an export of SAML-tracer are read in their order', () => {
  const post = [
    ['SAMLRequest', posted],
    ['RelayState', 'a b'],
    ['password', 'secret'],
  ]
  const responseHeaders = [{ name: 'Location', value: url }]
  const found = readPresented(
    traced({ ...tracedPost, post, responseHeaders }, { method: 'GET', url, get: [], requestHeaders: [] }),
  )
  expect(found.messages).toEqual([
    { presented: postedMessage, notes: [], where: 'request 1, POST https://sp.test/acs' },
    { presented: redirectMessage, notes: [], where: 'request 2, GET https://sp.test/slo' },
  ])
})

test('where an export of SAML-tracer hides its forms, the decoded message is judged alone', () => {
  const post = [['SAMLRequest', '{hash:4f6a}']]
  expect(readPresented(traced({ ...tracedPost, post, postData: '{overwritten}' })).messages).toEqual([
    {
      presented: { carrier: 'document', document: logoutRequest, address: 'https://sp.test/acs' },
      notes: ['the export hides the form that carried it'],
      where: 'request 1, POST https://sp.test/acs',
    },
  ])
})

/** A HAR of some MiB that is never there as a whole. Its one message stands at its end. */
function* largeHar(filler: string): Generator<Buffer> {
  const [begin = '', end = ''] = har({ a: 1 }, entry({ url })).split(/\{\s*"a": 1\s*\}/)
  yield Buffer.from(`${begin}{"response":{"content":{"text":"`)
  const chunk = Buffer.from(filler.repeat(65_536 / filler.length))
  for (let written = 0; written < 80; written += 1) yield chunk
  yield Buffer.from(`"}}}${end}`)
}

test('of a HAR only so much is kept as a message may have: a longer body is cut', () => {
  const { messages, unread } = readCapture(largeHar('é\\u0041\\\\"abcdef'.replace('"', '')))
  expect(messages.map(({ presented }) => presented)).toEqual([redirectMessage])
  expect(unread).toEqual([])
})

test('of a HAR only so much is kept as a message may have: what cannot be cut is passed over', () => {
  const { messages, unread } = readCapture(largeHar('\\u0041\\n'))
  expect(messages.map(({ presented }) => presented)).toEqual([redirectMessage])
  expect(unread).toEqual(['1 of its requests are too large to be looked at'])
})
