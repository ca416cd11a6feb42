import { expect, test } from 'vitest'
import { settableClock } from '#server/clock'
import { createJournal } from '#server/journal/journal'
import { createDescriber } from './describe-entry.ts'
import { toHar } from './to-har.ts'
import { lineOf } from './to-lines.ts'
import { toMermaid } from './to-mermaid.ts'

const clock = settableClock('2031-05-04T12:00:00.123Z')
const journal = createJournal(undefined, clock)
const note = (party: string) => journal.of(party, clock).note
const url = 'http://sp.test/slo?SAMLRequest=x%2B&RelayState=a+b'
const message = { what: 'LogoutRequest', from: 'urn:i;\n<b>#1', to: 'urn:one', id: '_1', binding: 'redirect' } as const
note('idp')({ ...message, direction: 'sent', user: 'alice', wire: { method: 'GET', url }, faults: ['f1'] })
const refusal = { code: 'SAML_EXPIRED', message: 'end; it <script> is\u202e late' }
note('wiki')({ ...message, direction: 'received', wire: { method: 'GET', url }, accepted: false, refusal })
note('idp')({
  ...{
    what: 'Response',
    direction: 'sent',
    from: 'idp',
    to: 'urn:one',
    id: '_2',
    binding: 'post',
    status: ['Success'],
  },
  wire: { method: 'POST', url: 'http://sp.test/acs', body: 'SAMLResponse=a%2Bb' },
})
const call = {
  what: 'call',
  from: 'app',
  to: 'es',
  wire: { method: 'POST', url: 'http://es.test/_security/x?y=1', body: 'SAMLRequest=a' },
} as const
note('app')({ ...call, direction: 'sent' })
note('es')({ ...call, direction: 'received', httpStatus: 401 })
note('es')({ what: 'tokensEnded', user: 'alice', endedBy: 'invalidate', count: 2, tokens: ['refresh', 'access'] })
const { describe } = createDescriber({ partners: new Map() })
const entries = journal.since().map(describe)

test('a diagram has a lane for everybody, an arrow for each message, and notes; no text can be taken for more', () => {
  expect(toMermaid(entries)).toBe(`sequenceDiagram
  participant p1 as urn#58;i#59; #60;b#62;#35;1
  participant p2 as urn#58;one
  participant p3 as idp
  participant p4 as app
  participant p5 as es
  p1-xp2: 1 LogoutRequest by redirect alice
  Note over p1: fault f1
  Note over p2: refused, SAML_EXPIRED#58; end#59; it #60;script#62; is#8238; late
  p3->>p2: 3 Response by post Success
  p4->>p5: 5 POST /_security/x 401
  Note over p5: 6 tokensEnded alice 2 refresh access by invalidate
`)
  expect(toMermaid([])).toBe('sequenceDiagram\n')
})

test('a HAR has each message once, with its SAML parameters, and no cookie', () => {
  const { log } = JSON.parse(toHar(entries))
  expect([log.version, log.creator.name, log.entries.length]).toEqual(['1.2', 'sloop', 3])
  const [redirect, post, called] = log.entries
  const nothing = { headers: [], cookies: [], httpVersion: 'HTTP/1.1', headersSize: -1 }
  expect(redirect).toEqual({
    startedDateTime: '2031-05-04T12:00:00.123Z',
    time: 0,
    request: {
      ...nothing,
      ...{ method: 'GET', url, bodySize: 0 },
      queryString: [
        { name: 'SAMLRequest', value: 'x+' },
        { name: 'RelayState', value: 'a b' },
      ],
    },
    response: {
      ...nothing,
      ...{ status: 0, statusText: '', redirectURL: '', bodySize: -1 },
      content: { size: 0, mimeType: 'x-unknown' },
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
    comment: expect.stringContaining('refused: SAML_EXPIRED'),
  })
  expect(post.request.postData).toEqual({
    mimeType: 'application/x-www-form-urlencoded',
    params: [{ name: 'SAMLResponse', value: 'a+b' }],
    text: 'SAMLResponse=a%2Bb',
  })
  expect([called.request.method, called.response.status]).toEqual(['POST', 401])
  // The message in it has an entry of its own, and is judged once.
  expect(called.request).not.toHaveProperty('postData')
})

test('a line for a person is one line, in which everything can be seen', () => {
  expect(entries.map(lineOf)).toEqual([
    '1  12:00:00.123  urn:i;\\u000a<b>#1 → urn:one  LogoutRequest  redirect  _1  alice  f1  sent by idp',
    '2  12:00:00.123  urn:i;\\u000a<b>#1 → urn:one  LogoutRequest  redirect  _1  received by wiki  refused: SAML_EXPIRED: end; it <script> is\\u202e late',
    '3  12:00:00.123  idp → urn:one  Response  post  _2  Success  sent by idp',
    '4  12:00:00.123  app → es  call  POST http://es.test/_security/x?y=1  sent by app',
    '5  12:00:00.123  app → es  call  POST http://es.test/_security/x?y=1  401  received by es',
    '6  12:00:00.123  tokensEnded  alice  2  refresh access  by invalidate  seen by es',
  ])
})
