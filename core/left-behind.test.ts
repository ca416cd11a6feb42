import { once } from 'node:events'
import { createServer } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { leftBehind, lookAround } from './left-behind.test-support.ts'

/** What is missing once `change` was made, which is taken back when the test is over. */
function after(change: () => () => void): string[] {
  const before = lookAround()
  const takeBack = change()
  try {
    return leftBehind(before, lookAround())
  } finally {
    takeBack()
  }
}

test('a process that nobody changed has nothing left behind in it', () => {
  expect(leftBehind(lookAround(), lookAround())).toEqual([])
})

test.each([
  ['set', 'SLOOP_TEST_LEFT', 'x'],
  ['emptied', 'PATH', ''],
])('an environment variable that was %s', (_case, name, value) => {
  const change = () => {
    vi.stubEnv(name, value)
    return () => vi.unstubAllEnvs()
  }
  expect(after(change)).toEqual([`the environment variable ${name} is another`])
})

test('a global that was replaced, and one that was added', () => {
  const change = () => {
    vi.stubGlobal('setTimeout', () => undefined)
    vi.stubGlobal('left', 1)
    return () => vi.unstubAllGlobals()
  }
  expect(after(change)).toEqual(['the global setTimeout is another', 'the global left is another'])
})

test('a method of the console', () => {
  const change = () => {
    const spy = vi.spyOn(console, 'info')
    return () => spy.mockRestore()
  }
  expect(after(change)).toEqual(['console.info is another'])
})

test('made up time', () => {
  const change = () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    return () => void vi.useRealTimers()
  }
  expect(after(change)).toEqual(['the global Date is another', 'time is still made up'])
})

test("a listener for one of the process's events", () => {
  const listener = () => undefined
  const change = () => {
    process.on('SIGUSR2', listener)
    return () => process.off('SIGUSR2', listener)
  }
  expect(after(change)).toEqual(expect.arrayContaining(["a listener for the process's SIGUSR2 is still there"]))
})

test('a server that still listens', async () => {
  const before = lookAround()
  const server = createServer().listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  expect(leftBehind(before, lookAround())).toEqual(['a TCPServerWrap is still open'])
})
