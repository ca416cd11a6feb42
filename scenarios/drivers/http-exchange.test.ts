import { expect, onTestFinished, test, vi } from 'vitest'
import { startServer } from '../network/small-server.test-support.ts'
import { exchange } from './http-exchange.ts'
import { noAnswer, patienceMs, reasonOf } from './no-page.ts'

test('a connection is kept for the next request to the same party', async () => {
  const ports = new Set<number | undefined>()
  const port = await startServer(({ socket }, response) => {
    ports.add(socket.remotePort)
    response.end('here')
  })
  for (const path of ['one', 'two', 'three']) {
    await expect(exchange({ method: 'GET', url: `http://127.0.0.1:${port}/${path}` })).resolves.toMatchObject({
      status: 200,
      text: 'here',
    })
  }
  expect(ports.size).toBe(1)
})

test('a party that ended the connection is asked over another one', async () => {
  const ports = new Set<number | undefined>()
  const port = await startServer(({ socket }, response) => {
    ports.add(socket.remotePort)
    response.end('here', () => socket.end())
  })
  const ask = () => exchange({ method: 'GET', url: `http://127.0.0.1:${port}/` })
  await ask()
  await expect(ask()).resolves.toMatchObject({ status: 200, text: 'here' })
  expect(ports.size).toBe(2)
})

test('a party that gives no answer is asked once, and left after 10 s', async () => {
  const asked: string[] = []
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const port = await startServer(({ url = '' }, response) => {
    asked.push(url)
    if (url === '/first') response.end()
    else arrive()
  })
  const ask = (path: string) => exchange({ method: 'GET', url: `http://127.0.0.1:${port}/${path}` })
  await ask('first')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  let ended = ''
  const waiting = ask('second').catch((error: unknown) => {
    ended = reasonOf(error)
  })
  await arrived
  await vi.advanceTimersByTimeAsync(patienceMs - 1)
  expect(ended).toBe('')
  await vi.advanceTimersByTimeAsync(1)
  await waiting
  vi.useRealTimers()
  // What was sent once more would be there before this.
  await ask('first')
  expect([ended, asked]).toEqual([noAnswer, ['/first', '/second', '/first']])
})

test.each([
  ['mailto:alice@example.test', 'ERR_INVALID_PROTOCOL'],
  ['http://', 'ERR_INVALID_URL'],
])('what is no address over http is refused at once, and nothing waits: %s', async (url, code) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  await expect(exchange({ method: 'GET', url })).rejects.toMatchObject({ code })
  expect(vi.getTimerCount()).toBe(0)
})
