import { createHash } from 'node:crypto'
import { Agent, type RequestOptions, request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { behindNetwork } from './front.test-support.ts'
import { startNetwork } from './network.ts'
import { connectTo, exchangeOctets } from './wire.test-support.ts'

const sha = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')

test('who stands in front without a reason to act changes no octet of a request', async () => {
  const seen: unknown[] = []
  const { own, front } = await behindNetwork(({ method, url, rawHeaders }, response) => {
    seen.push({ method, url, rawHeaders })
    response.end()
  })
  const target = '/a/../b//%7e?SAMLRequest=a%2b%2F+b&&RelayState=&x="<^`{|}\'&SAMLRequest=2?#'
  const lines = [
    'hOST: app.localhost:1',
    'X-b: 1',
    'Cookie: a=1',
    'x-B: \u00c3\u00bc',
    'cookie: b=2',
    'CONNECTION: close',
  ]
  const octets = `GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
  for (const port of [own, front.port]) await exchangeOctets(port, octets)
  expect(seen[0]).toMatchObject({
    url: target,
    rawHeaders: ['hOST', 'app.localhost:1', ...Array(10).fill(expect.anything())],
  })
  expect(seen[1]).toEqual(seen[0])
})

test('who stands in front without a reason to act changes no octet of an answer', async () => {
  const { own, front } = await behindNetwork((_request, response) => {
    const cookies = ['Set-Cookie', 'a=1; Path=/', 'set-cookie', 'b=2', 'SET-COOKIE', 'a=3']
    response.writeHead(302, 'Elsewhere', [
      'LOCATION',
      'http://x/?%2f',
      ...cookies,
      'Date',
      'then',
      'Connection',
      'close',
    ])
    response.end('moved')
  })
  const octets = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
  const answer = await exchangeOctets(own, octets)
  expect(answer).toContain(
    'HTTP/1.1 302 Elsewhere\r\nLOCATION: http://x/?%2f\r\nSet-Cookie: a=1; Path=/\r\nset-cookie: b=2\r\nSET-COOKIE: a=3\r\n',
  )
  expect(await exchangeOctets(front.port, octets)).toBe(answer)
})

test('an answer without a date is given none', async () => {
  const { front } = await behindNetwork((_request, response) => {
    response.sendDate = false
    response.writeHead(200, ['Content-Length', '0', 'Connection', 'close']).end()
  })
  const answer = await exchangeOctets(front.port, 'GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  expect(answer).toBe('HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
})

test.each([
  ['as it comes', undefined],
  ['after a condition has read it', [{ does: { delayMs: 1 } } as const]],
])('a body of 1 MiB arrives whole, and so does its answer, %s', async (_how, given) => {
  const body = Buffer.alloc(1024 * 1024, 'SAML \u00fc')
  const { url } = await behindNetwork((request, response) => void request.pipe(response), given)
  const answer = await fetch(url, { method: 'POST', body })
  expect(sha(await answer.bytes())).toBe(sha(body))
})

test.each([
  ['passed on', undefined],
  ['acted upon', [{ does: { delayMs: 1 } } as const]],
])('an answer that does not wait for the body is %s', async (_how, given) => {
  const { url } = await behindNetwork((_request, response) => void response.writeHead(413).end('too much'), given)
  const answer = await fetch(url, { method: 'POST', body: Buffer.alloc(64 * 1024) })
  expect([answer.status, await answer.text()]).toEqual([413, 'too much'])
})

test('a caller that speaks no HTTP is answered 400 and its party never hears of it', async () => {
  let asked = 0
  const { front, url } = await behindNetwork((_request, response) => {
    asked += 1
    response.end('well')
  })
  expect(await exchangeOctets(front.port, 'no HTTP at all\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/)
  expect(asked).toBe(0)
  expect(await (await fetch(url)).text()).toBe('well')
})

test.each([
  ['in the middle of its body', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf'],
  ['before it is answered', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'],
])('a caller that leaves %s takes its request back', async (_when, octets) => {
  const { promise: left, resolve: leave } = withResolvers<void>()
  const { promise: arrived, resolve: arrive } = withResolvers<void>()
  const { front } = await behindNetwork((request, response) => {
    arrive()
    request.resume()
    response.once('close', leave)
  })
  const socket = await connectTo(front.port)
  socket.write(octets)
  await arrived
  socket.destroy()
  await expect(left).resolves.toBeUndefined()
})

test.each([
  ['before it answers', ''],
  ['in the middle of its answer', 'half'],
])('a party that resets the connection %s resets it for its caller', async (_when, begun) => {
  const { url, front } = await behindNetwork((request, response) => {
    if (begun === '') return void request.socket.resetAndDestroy()
    response.writeHead(200, { 'content-length': 10 })
    response.write(begun, () => request.socket.resetAndDestroy())
  })
  await expect(fetch(url).then((answer) => answer.text())).rejects.toThrow(/fetch failed|terminated/)
  await front.close()
})

test('a party that nobody runs is no answer, as without anybody in front', async () => {
  const { inFront } = await startNetwork([{ to: 'app', does: { delayMs: 1 } }])
  const front = await inFront({ name: 'app', host: '127.0.0.1', port: 1 })
  onTestFinished(() => front?.close())
  await expect(fetch(`http://127.0.0.1:${front?.port}`)).rejects.toThrow('fetch failed')
})

function withResolvers<T>() {
  let resolve: (value: T) => void = () => undefined
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

test('a connection that the party resets is reset for a browser too, and so is the request that it repeats unseen', async () => {
  const seen: (string | undefined)[] = []
  const { front } = await behindNetwork(({ url, socket }, response) => {
    seen.push(url)
    if (seen.length === 2) socket.resetAndDestroy()
    else response.end('right')
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  onTestFinished(() => agent.destroy())
  const to = (path: string) => ({ port: front.port, path, agent, headers: { 'user-agent': 'Mozilla/5.0' } })
  const outcomes = []
  for (const path of ['/', '/slo', '/slo', '/slo']) outcomes.push(await outcomeOf(to(path)))
  expect(outcomes).toEqual([200, 'ECONNRESET', 'ECONNRESET', 200])
  expect(seen).toEqual(['/', '/slo', '/slo'])
})

const outcomeOf = (to: RequestOptions) =>
  new Promise((resolve) => {
    const asking = request(to, (answer) => answer.resume().on('end', () => resolve(answer.statusCode)))
    asking.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code)).end()
  })
