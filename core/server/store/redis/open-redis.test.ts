import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '../../config-error.ts'
import { type Log, silentLog } from '../../logging.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { openRedis, placeOf } from './open-redis.ts'
import { freePort, startRedisServer } from './redis-server.test-support.ts'

async function serverWith(words: readonly string[] = [], port?: number) {
  const server = await startRedisServer({ words, ...(port !== undefined && { port }) })
  let isStopped = false
  const stop = async (signal?: NodeJS.Signals) => {
    if (isStopped) return
    isStopped = true
    await server.stop(signal)
  }
  onTestFinished(() => stop())
  return { ...server, stop }
}

function recordingLog() {
  const lines: string[] = []
  const take = (_facts: object, message: string) => void lines.push(message)
  return { lines, log: { ...silentLog, info: take, warn: take } as Log }
}

async function open(url: string, log: Log = silentLog) {
  const redis = await openRedis({ url, log })
  onTestFinished(() => redis.close())
  return redis
}

test('an engine that is not there yet is waited for, which is said once', async () => {
  const port = await freePort()
  const { lines, log } = recordingLog()
  const opening = open(`redis://127.0.0.1:${port}`, log)
  await expect.poll(() => lines).toHaveLength(1)
  await serverWith([], port)
  const redis = await opening
  expect(await redis.send('', ['PING'])).toBe('PONG')
  expect(lines).toEqual([
    `the store at redis://127.0.0.1:${port} cannot be reached: waiting for it`,
    `the store at redis://127.0.0.1:${port} is there`,
  ])
})

test('waiting ends when the start is given up', async () => {
  const givingUp = new AbortController()
  const url = `redis://127.0.0.1:${await freePort()}`
  const opening = openRedis({ url, log: silentLog, signal: givingUp.signal })
  givingUp.abort()
  await expect(opening).rejects.toThrow(`the store at ${url} cannot be used (`)
})

test.each([
  ['without a password', '', 'NOAUTH'],
  ['with another password', ':wrong-secret@', 'WRONGPASS'],
])('an engine that refuses us %s is not waited for, and no secret is told', async (_title, user, word) => {
  const { port } = await serverWith(['--requirepass', 'right-secret'])
  const { lines, log } = recordingLog()
  const opening = openRedis({ url: `redis://${user}127.0.0.1:${port}`, log })
  await expect(opening).rejects.toThrow(`the store at redis://127.0.0.1:${port} cannot be used (${word}`)
  await expect(opening).rejects.not.toThrow('wrong-secret')
  expect(lines).toEqual([])
})

test('a password and the number of a database are those of the URL', async () => {
  const { port } = await serverWith(['--requirepass', 'right-secret'])
  const second = await open(`redis://:right-secret@127.0.0.1:${port}/2`)
  await second.send('a', ['SET', 'a', 'in two'])
  const first = await open(`redis://:right-secret@127.0.0.1:${port}`)
  expect(await first.send('a', ['GET', 'a'])).toBeNull()
  expect(second.place).toBe(`redis://127.0.0.1:${port}/2`)
})

test('while the engine is gone every command is refused at once in a sentence, and goes on when it is back', async () => {
  const server = await serverWith()
  const redis = await open(server.url)
  await server.stop('SIGKILL')
  const refused = redis.send('a', ['GET', 'a'])
  await expect(refused).rejects.toThrow(StoreUnavailable)
  await expect(refused).rejects.toThrow(`the store at ${server.url} cannot be reached (`)
  await serverWith([], server.port)
  await expect.poll(() => redis.send('', ['PING']).catch(() => 'not yet'), { timeout: 5_000 }).toBe('PONG')
})

test('an engine that has become full is called full', async () => {
  const { url } = await serverWith(['--maxmemory-policy', 'noeviction'])
  const redis = await open(url)
  await redis.send('', ['CONFIG', 'SET', 'maxmemory', '1'])
  const refused = redis.send('a', ['SET', 'a', 'b'])
  await expect(refused).rejects.toThrow(StoreUnavailable)
  await expect(refused).rejects.toThrow(`the store at ${url} is full (OOM `)
})

test('an engine that takes the connection and says nothing holds nobody up', async () => {
  const sockets: Socket[] = []
  const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
  await once(silent, 'listening')
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => silent.close(resolve))
  })
  const { port } = silent.address() as { port: number }
  const givingUp = new AbortController()
  const opening = openRedis({ url: `redis://127.0.0.1:${port}`, log: silentLog, signal: givingUp.signal })
  await expect.poll(() => sockets.length).toBeGreaterThan(0)
  givingUp.abort()
  await expect(opening).rejects.toThrow('cannot be used')
})

test.each([
  ['redis://localhost:6379', 'redis://localhost:6379'],
  ['redis://localhost:6379/', 'redis://localhost:6379'],
  ['redis://us%65r:s%25cret@localhost', 'redis://localhost'],
  ['rediss://user:secret@redis.example:6380/2', 'rediss://redis.example:6380/2'],
])('the place of %s is told without user and password', (url, place) => {
  expect(placeOf(url)).toBe(place)
})

test.each([
  'localhost:6379',
  'http://localhost:6379',
  'redis://',
  '',
  'redis:/x',
  'user:secret@host',
  'redis+sentinel://host:26379/mymaster',
])('what cannot be meant is refused: [%s]', (url) => {
  const shown = url.slice(url.lastIndexOf('@') + 1)
  expect(() => placeOf(url)).toThrow(`--store: expected a URL such as redis://localhost:6379, found [${shown}]`)
})

test.each(['abc', '0x2', '2/', '1.5', '-1', '1/2'])(
  'a path that is the number of no database is refused: [%s]',
  (path) => {
    expect(() => placeOf(`redis://user:secret@localhost:6379/${path}?a=b`)).toThrow(
      new ConfigError(
        `--store: expected the number of a database as the path, as in redis://localhost:6379/2, found [redis://localhost:6379/${path}]`,
      ),
    )
  },
)

test.each([':s3%ZZ', 's3%', 'user:s3%ff'])(
  'a user or a password that cannot be decoded is refused and not told: [%s]',
  (secret) => {
    expect(() => placeOf(`redis://${secret}@localhost:6379/2`)).toThrow(
      new ConfigError(
        '--store: the user or password for [redis://localhost:6379/2] has a % that begins no octet: write it as %25',
      ),
    )
  },
)
