import { expect, onTestFinished, test } from 'vitest'
import { HttpTimeout, httpCall, httpStream } from './http-call.ts'
import { type Fetch, listen } from './serve.ts'

async function serving(fetch: Fetch): Promise<string> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount(fetch)
  return `${listener.origin('sp.localhost')}/slo`
}

const post = (url: string, body: string, timeoutMs?: number) =>
  httpCall({ method: 'POST', url, body }, { headers: { 'content-type': 'text/xml' }, ...(timeoutMs && { timeoutMs }) })

test('a body is posted as it is, with its headers', async () => {
  const url = await serving(async (request) => {
    return new Response(`${request.method} ${request.headers.get('content-type')} ${await request.text()}`)
  })
  expect((await post(url, '<ü/>')).octets.toString()).toBe('POST text/xml <ü/>')
})

test('a post leads nowhere else', async () => {
  const url = await serving(() => new Response(null, { status: 307, headers: { location: 'http://evil.test/' } }))
  expect(await post(url, '')).toMatchObject({ status: 307, location: 'http://evil.test/' })
})

test('a post that nobody answers in time is told from one that fails', async () => {
  const silent = await serving(() => new Promise(() => undefined))
  await expect(post(silent, '', 30)).rejects.toThrow(new HttpTimeout(`POST ${silent}: no complete answer within 30 ms`))
  const failed = await post('http://127.0.0.1:1/', '').catch((error: unknown) => error)
  expect(failed).not.toBeInstanceOf(HttpTimeout)
  expect(String(failed)).toBe('Error: POST http://127.0.0.1:1/: connection refused')
})

const stream = (url: string) =>
  httpStream({ method: 'GET', url }, { silenceMs: 30, signal: new AbortController().signal })

test('a stream that never begins ends when nothing has come for so long', async () => {
  const silent = await serving(() => new Promise(() => undefined))
  await expect(stream(silent)).rejects.toThrow(new Error(`GET ${silent}: nothing came for 30 ms`))
})

test('a stream that falls silent ends when nothing has come for so long', async () => {
  const url = await serving(() => new Response(new ReadableStream({ start: (at) => at.enqueue(Buffer.from('one')) })))
  const read: string[] = []
  const reading = (async () => {
    for await (const chunk of (await stream(url)).octets) read.push(chunk.toString())
  })()
  await expect(reading).rejects.toThrow(new Error(`GET ${url}: nothing came for 30 ms`))
  expect(read).toEqual(['one'])
})
