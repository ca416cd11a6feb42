import { Agent, type IncomingMessage, request } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { resetConnection, resetsRepeats } from './reset-connection.ts'
import { openServer } from './serve.ts'

const browser = 'Mozilla/5.0 (X11; Linux x86_64)'
const asked = { method: 'POST', url: '/slo', 'content-length': '12', cookie: 'a=1', host: 'idp.test' }

/** A connection, and whether it was reset. */
function connection() {
  const socket = new Socket()
  return { socket, reset: vi.spyOn(socket, 'resetAndDestroy').mockReturnValue(socket) }
}

function requestOn({ socket }: { socket: Socket }, given: Partial<typeof asked & { agent: string }> = {}) {
  const { method, url, agent = browser, ...headers } = { ...asked, ...given }
  return { socket, method, url, headers: { ...headers, 'user-agent': agent } } as unknown as IncomingMessage
}

/** A server at which a request on a connection in use has just been reset. */
function afterReset(given?: Parameters<typeof requestOn>[1]) {
  const clock = { ms: 0 }
  const isReset = resetsRepeats(() => clock.ms)
  const first = connection()
  isReset(requestOn(first, { url: '/sign-in' }))
  const meant = requestOn(first, given)
  expect(isReset(meant)).toBe(false)
  resetConnection(meant)
  expect(first.reset).toHaveBeenCalledOnce()
  return { isReset, clock }
}

test('a browser that repeats what was reset on a connection in use is reset until it came on a connection of its own', () => {
  const { isReset } = afterReset()
  const [idle, own, next] = [connection(), connection(), connection()]
  isReset(requestOn(idle, { url: '/style.css' }))
  expect([requestOn(idle), requestOn(own), requestOn(next)].map(isReset)).toEqual([true, true, false])
  expect([idle, own, next].map(({ reset }) => reset.mock.calls.length)).toEqual([1, 1, 0])
})

test.each([
  ['another method', { method: 'GET' }],
  ['another address', { url: '/slo/' }],
  ['another body', { 'content-length': '13' }],
  ['another session', { cookie: 'a=2' }],
  ['another host', { host: 'app.test' }],
])('%s is no repeat', (_what, given) => {
  expect(afterReset().isReset(requestOn(connection(), given))).toBe(false)
})

test('two seconds later it is no repeat, but a new request', () => {
  const { isReset, clock } = afterReset()
  clock.ms = 2_000
  expect(isReset(requestOn(connection()))).toBe(true)
  const later = afterReset()
  later.clock.ms = 2_001
  expect(later.isReset(requestOn(connection()))).toBe(false)
})

test('who is no browser repeats nothing unseen: what it asks again is a new request', () => {
  expect(afterReset({ agent: 'node' }).isReset(requestOn(connection(), { agent: 'node' }))).toBe(false)
})

test('on a connection of its own a browser believes a reset, and what it asks again is a new request', () => {
  const isReset = resetsRepeats()
  const own = requestOn(connection())
  isReset(own)
  resetConnection(own)
  expect(isReset(requestOn(connection()))).toBe(false)
})

test('a server resets the repeat before anybody sees it', async () => {
  const seen: (string | undefined)[] = []
  const { port, close } = await openServer(
    (incoming, outgoing) => {
      seen.push(incoming.url)
      if (incoming.url === '/slo' && seen.length === 2) return resetConnection(incoming)
      outgoing.end('right')
    },
    { host: '127.0.0.1', port: 0, closeGraceMs: 0 },
  )
  onTestFinished(close)
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const outcomes = []
  for (const path of ['/', '/slo', '/slo', '/slo']) outcomes.push(await outcomeOf({ port, path, agent }))
  expect(outcomes).toEqual([200, 'ECONNRESET', 'ECONNRESET', 200])
  expect(seen).toEqual(['/', '/slo', '/slo'])
  agent.destroy()
})

const outcomeOf = (to: { port: number; path: string; agent: Agent }) =>
  new Promise((resolve) => {
    const asking = request({ ...to, headers: { 'user-agent': browser } }, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode))
    })
    asking.on('error', ({ code }: NodeJS.ErrnoException) => resolve(code)).end()
  })
