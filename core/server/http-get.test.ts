import { expect, onTestFinished, test } from 'vitest'
import { fetchDocument, httpGet } from './http-get.ts'
import { type Fetch, listen } from './serve.ts'

async function serving(fetch: Fetch): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(fetch)
  return `${listener.origin('idp.localhost')}/metadata`
}

test('fetches from a *.localhost name', async () => {
  const url = await serving((request) => new Response(`<from host="${new URL(request.url).hostname}"/>`))
  expect(await httpGet(url)).toEqual({ status: 200, body: '<from host="idp.localhost"/>' })
})

test('gives the status of a refusal to the caller', async () => {
  const url = await serving(() => new Response('no', { status: 404 }))
  expect(await httpGet(url)).toEqual({ status: 404, body: 'no' })
})

test('sends the given headers', async () => {
  const url = await serving((request) => new Response(request.headers.get('accept')))
  expect((await httpGet(url, { headers: { accept: 'application/samlmetadata+xml' } })).body).toBe(
    'application/samlmetadata+xml',
  )
})

test('what is asked for its status leads nowhere else', async () => {
  const url = await serving(() => new Response(null, { status: 302, headers: { location: 'http://evil.test/' } }))
  expect((await httpGet(url)).status).toBe(302)
})

test.each([
  ['takes an answer of exactly the allowed length', '12345', 5, 'ok'],
  ['refuses an answer that is one octet longer', '12345', 4, 'the answer is longer than 4 octets'],
  ['takes letters of two octets that fill the allowed length', 'üüx', 5, 'ok'],
  ['refuses letters of two octets that are one octet longer', 'üüx', 4, 'the answer is longer than 4 octets'],
])('%s', async (_case, body, maxBytes, outcome) => {
  const url = await serving(() => new Response(body))
  const answer = httpGet(url, { maxBytes }).then(
    () => 'ok',
    (error) => error.message,
  )
  expect(await answer).toBe(outcome === 'ok' ? 'ok' : `GET ${url}: ${outcome}`)
})

test('does not wait for an answer that never comes', async () => {
  const url = await serving(() => new Promise(() => undefined))
  await expect(httpGet(url, { timeoutMs: 30 })).rejects.toThrow(`GET ${url}: no complete answer within 30 ms`)
})

test('does not wait for an answer that never ends', async () => {
  const url = await serving(
    () => new Response(new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(1)) })),
  )
  await expect(httpGet(url, { timeoutMs: 100 })).rejects.toThrow(`GET ${url}: no complete answer within 100 ms`)
})

test('refuses what is not UTF-8', async () => {
  const url = await serving(() => new Response(new Uint8Array([0xff])))
  await expect(httpGet(url)).rejects.toThrow(`GET ${url}: the answer is not UTF-8`)
})

test('says that nobody listens', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  await listener.close()
  const url = listener.origin('idp.localhost')
  await expect(httpGet(url)).rejects.toThrow(`GET ${url}: connection refused`)
})

test.each(['metadata.xml', 'file:///etc/passwd'])('refuses what is no HTTP address: %s', async (url) => {
  await expect(httpGet(url)).rejects.toThrow(`GET ${url}: only http and https addresses can be fetched`)
})

test('a document is what is answered with 200', async () => {
  const url = await serving(() => new Response('<a/>'))
  expect((await fetchDocument(url)).toString()).toBe('<a/>')
})

test('any other answer is no document', async () => {
  const url = await serving(() => new Response('<a/>', { status: 404 }))
  await expect(fetchDocument(url)).rejects.toThrow(new Error(`[${url}] answers 404, expected a document`))
})

test('a document that cannot be had is told as by the call', async () => {
  const url = await serving(() => new Response('12345'))
  await expect(fetchDocument(url, { maxBytes: 4 })).rejects.toThrow(`GET ${url}: the answer is longer than 4 octets`)
})

test('a document is what its octets are, in whatever encoding', async () => {
  const url = await serving(() => new Response(new Uint8Array([0xff, 0xfe, 0x3c, 0x00])))
  expect(await fetchDocument(url)).toEqual(Buffer.from([0xff, 0xfe, 0x3c, 0x00]))
})

/** Leads on as often as the path says: `/2` to `/1` to `/0`. */
const countdown: Fetch = ({ url }) => {
  const steps = Number(new URL(url).pathname.slice(1))
  return steps === 0
    ? new Response('<a/>')
    : new Response('moved', { status: 302, headers: { location: `${steps - 1}` } })
}

test('an address may lead on to another five times', async () => {
  const url = await serving(countdown)
  expect((await fetchDocument(new URL('/5', url).href)).toString()).toBe('<a/>')
})

test('an address may not lead on for ever', async () => {
  const url = new URL('/6', await serving(countdown)).href
  await expect(fetchDocument(url)).rejects.toThrow(new Error(`[${url}] leads on to another address more than 5 times`))
})

test.each([301, 302, 303, 307, 308])('%i leads on', async (status) => {
  const url = await serving(({ url: asked }) =>
    asked.endsWith('/there') ? new Response('<a/>') : new Response(null, { status, headers: { location: '/there' } }),
  )
  expect((await fetchDocument(url)).toString()).toBe('<a/>')
})

test.each([
  ['no address', 302, 'http://[', 'leads on to [http://[], which is no address'],
  ['nothing', 302, undefined, 'answers 302, expected a document'],
  ['an address that is none of a redirect', 201, '/there', 'answers 201, expected a document'],
])('a redirect to %s is none', async (_target, status, location, sentence) => {
  const url = await serving(() => new Response(null, { status, headers: location === undefined ? {} : { location } }))
  await expect(fetchDocument(url)).rejects.toThrow(new Error(`[${url}] ${sentence}`))
})

test('a redirect leads to web addresses only', async () => {
  const url = await serving(() => new Response(null, { status: 302, headers: { location: 'file:///etc/passwd' } }))
  await expect(fetchDocument(url)).rejects.toThrow(
    'GET file:///etc/passwd: only http and https addresses can be fetched',
  )
})
