import { Agent, type IncomingMessage, request } from 'node:http'
import { Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { resetConnection, watchResets } from './reset-connection.ts'
import { openServer } from './serve.ts'

const browser = 'Mozilla/5.0 (X11; Linux x86_64)'
const asked = { method: 'POST', url: '/slo', 'content-length': '12', cookie: 'a=1', host: 'idp.test' }

/** A server's connections by a clock that moves, each with whether it was reset. */
function watched() {
  const clock = { ms: 0 }
  const { opened, isReset } = watchResets(() => clock.ms)
  const open = () => {
    const socket = new Socket()
    const reset = vi.spyOn(socket, 'resetAndDestroy').mockReturnValue(socket)
    opened(socket)
    return { socket, reset }
  }
  return { clock, open, isReset }
}

function requestOn({ socket }: { socket: Socket }, given: Partial<typeof asked & { agent: string }> = {}) {
  const { method, url, agent = browser, ...headers } = { ...asked, ...given }
  return { socket, method, url, headers: { ...headers, 'user-agent': agent } } as unknown as IncomingMessage
}

/** A request on a connection in use has just been reset. */
function afterReset(given?: Parameters<typeof requestOn>[1]) {
  const { clock, open, isReset } = watched()
  const first = open()
  isReset(requestOn(first, { url: '/sign-in' }))
  const idle = open()
  clock.ms = 10
  const meant = requestOn(first, given)
  expect(isReset(meant)).toBe(false)
  resetConnection(meant)
  expect(first.reset).toHaveBeenCalledOnce()
  return { idle, clock, open, isReset }
}

test('a browser that repeats what was reset on a connection in use is reset until it came on one that was opened for that', () => {
  const { idle, open, isReset } = afterReset()
  const used = open()
  isReset(requestOn(used, { url: '/style.css' }))
  const [own, next] = [open(), open()]
  expect([used, idle, own, next].map((each) => isReset(requestOn(each)))).toEqual([true, true, true, false])
  expect([used, idle, own, next].map(({ reset }) => reset.mock.calls.length)).toEqual([1, 1, 1, 0])
})

test.each([
  [500, false],
  [501, true],
])('a connection that stood open for %i ms before its first request is as one in use: %s', (ms, isRepeated) => {
  const { clock, open, isReset } = watched()
  const first = open()
  clock.ms = ms
  const meant = requestOn(first)
  isReset(meant)
  resetConnection(meant)
  expect(isReset(requestOn(open()))).toBe(isRepeated)
})

test.each([
  ['another method', { method: 'GET' }],
  ['another address', { url: '/slo/' }],
  ['another body', { 'content-length': '13' }],
  ['another session', { cookie: 'a=2' }],
  ['another host', { host: 'app.test' }],
])('%s is no repeat', (_what, given) => {
  const { open, isReset } = afterReset()
  expect(isReset(requestOn(open(), given))).toBe(false)
})

test.each([
  [2_000, true],
  [2_001, false],
])('%i ms later it is a repeat: %s', (ms, isRepeat) => {
  const { clock, open, isReset } = afterReset()
  clock.ms += ms
  expect(isReset(requestOn(open()))).toBe(isRepeat)
})

test('who is no browser repeats nothing unseen: what it asks again is a new request', () => {
  const { open, isReset } = afterReset({ agent: 'node' })
  expect(isReset(requestOn(open(), { agent: 'node' }))).toBe(false)
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
