import { request } from 'node:http'
import { connect } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listener, listen } from '#server/serve'
import { basic, testNode } from './test-node.test-support.ts'

let listener: Listener

beforeAll(async () => {
  listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(testNode({ maxBodyOctets: 1_000 }).es.fetch)
})

afterAll(() => listener.close())

interface WireAnswer {
  readonly status: number | undefined
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

interface WireRequest {
  readonly method: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

/** A request as a program outside sends it, where fetch would refuse or add something. */
function send({ method, path, headers = {}, body }: WireRequest): Promise<WireAnswer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: listener.port,
      method,
      path,
      headers: { ...basic('elastic'), ...headers },
    }
    const outgoing = request(options, async (response) => {
      const text = (await response.setEncoding('utf8').toArray()).join('')
      resolve({ status: response.statusCode, headers: response.headers, text })
    })
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

test('the body of a GET is noticed on the wire', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': '2' }
  const { status, text } = await send({ method: 'GET', path: '/_security/saml/metadata/saml1', headers, body: '{}' })
  expect(status).toBe(400)
  expect(text).toContain('request [GET /_security/saml/metadata/saml1] does not support having a body')
})

test('the body of a GET is noticed when it comes in chunks, and none is none', async () => {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const get = (body: string) => send({ method: 'GET', path: '/_security/saml/metadata/saml1', headers, body })
  const { status, text } = await get('{}')
  expect(status).toBe(400)
  expect(text).toContain('request [GET /_security/saml/metadata/saml1] does not support having a body')
  expect((await get('')).status).toBe(200)
})

test('a DELETE carries its body', async () => {
  const headers = { 'content-type': 'application/json', 'content-length': '15' }
  const body = '{"username":""}'
  const { status, text } = await send({ method: 'DELETE', path: '/_security/oauth2/token', headers, body })
  expect([status, text]).toEqual([400, expect.stringContaining('token string must be provided')])
})

test('a body of chunks is read to its end', async () => {
  const headers = { 'content-type': 'application/json', 'transfer-encoding': 'chunked' }
  const { status } = await send({ method: 'POST', path: '/_security/saml/prepare', headers, body: '{"realm":"saml1"}' })
  expect(status).toBe(200)
})

test.each([
  ['announced', { 'content-length': '2000' }],
  ['in chunks', { 'transfer-encoding': 'chunked' }],
])('a body above the limit is stopped: %s', async (_case, length) => {
  const headers = { 'content-type': 'application/json', ...length }
  const { status, text } = await send({
    method: 'POST',
    path: '/_security/saml/prepare',
    headers,
    body: 'x'.repeat(2000),
  })
  expect([status, text]).toEqual([413, ''])
})

test('a body of a GET that goes on without end is stopped at the limit', async () => {
  const socket = connect(listener.port, '127.0.0.1')
  const head = 'GET / HTTP/1.1\r\nHost: es.test\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n'
  socket.write(head)
  const chunk = `200\r\n${'x'.repeat(0x200)}\r\n`
  const [answer] = await new Promise<string[]>((resolve) => {
    const more = () => {
      if (!socket.destroyed) socket.write(chunk, () => setImmediate(more))
    }
    more()
    socket.setEncoding('utf8').once('data', (text: string) => {
      socket.destroy()
      resolve(text.split('\r\n'))
    })
  })
  expect(answer).toBe('HTTP/1.1 413 Payload Too Large')
})

test('a body without a type is refused on the wire', async () => {
  const headers = { 'content-length': '2' }
  const { status, text } = await send({ method: 'POST', path: '/_security/saml/logout', headers, body: '{}' })
  expect([status, text]).toEqual([406, '{"error":"Content-Type header is missing","status":406}'])
})

test('a 401 offers every scheme on the wire', async () => {
  const { status, headers } = await send({ method: 'GET', path: '/', headers: basic('elastic', 'wrong') })
  expect([status, headers['www-authenticate']]).toEqual([
    401,
    'Basic realm="security" charset="UTF-8", Bearer realm="security", ApiKey',
  ])
})

test('each scheme is a header line of its own, as a node sends them', async () => {
  const socket = connect(listener.port, '127.0.0.1')
  socket.end(`GET / HTTP/1.1\r\nHost: es.test\r\nConnection: close\r\n\r\n`)
  const [head = ''] = (await readText(socket)).split('\r\n\r\n')
  expect(head.match(/^www-authenticate: .*$/gim)).toEqual([
    'WWW-Authenticate: Basic realm="security" charset="UTF-8"',
    'WWW-Authenticate: Bearer realm="security"',
    'WWW-Authenticate: ApiKey',
  ])
})

test('HEAD answers with headers alone', async () => {
  const { status, headers, text } = await send({ method: 'HEAD', path: '/' })
  expect([status, headers['x-elastic-product'], text]).toEqual([200, 'Elasticsearch', ''])
})

test('a client of version 8 gets its media type echoed', async () => {
  const versioned = 'application/vnd.elasticsearch+json; compatible-with=8'
  const headers = { accept: versioned, 'content-type': versioned, 'content-length': '2' }
  const answer = await send({ method: 'POST', path: '/_security/saml/prepare', headers, body: '{}' })
  expect(answer.headers['content-type']).toBe('application/vnd.elasticsearch+json;compatible-with=8')
})
