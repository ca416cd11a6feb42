import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from 'redis'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '../../config-error.ts'
import { type Log, silentLog } from '../../logging.ts'
import { openRedis } from './open-redis.ts'
import { startRedisServer } from './redis-server.test-support.ts'

async function serverWith(...words: readonly string[]) {
  const server = await startRedisServer({ words })
  onTestFinished(() => server.stop('SIGKILL'))
  return server
}

/** To an engine that serves nobody, too. */
async function askAt(port: number) {
  const client = createClient({ url: `redis://127.0.0.1:${port}` })
  client.on('error', () => undefined)
  await client.connect()
  onTestFinished(() => client.destroy())
  return (...words: string[]) => client.sendCommand(words)
}

/** A start, and what it said. */
function starting(url: string) {
  const told: { says: string; cause?: string }[] = []
  const take = (facts: object, says: string) => void told.push({ says, ...facts })
  const givingUp = new AbortController()
  const log = { ...silentLog, info: take, warn: take } as Log
  const opening = openRedis({ url, log, signal: givingUp.signal })
  onTestFinished(async () => {
    givingUp.abort()
    await opening.then(({ close }) => close()).catch(() => undefined)
  })
  return { opening, told, says: () => told.map(({ says }) => says) }
}

/** Keeps 400 keys in its folder, and is gone. */
async function savedServer() {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-loading-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const { port, url, stop } = await startRedisServer({ folder, words: ['--rdbcompression', 'no'] })
  const ask = await askAt(port)
  await ask('EVAL', "for at = 1, 400 do redis.call('SET', at, string.rep('x', 1024)) end", '0')
  await ask('SAVE')
  await stop('SIGKILL')
  return { port, url, folder }
}

/** Answers between any two keys that it loads. */
const oftenHeard = ['--loading-process-events-interval-bytes', '1024']

/** Begins the words that make a user. */
const aUser = ['ACL', 'SETUSER', 'lim', 'on', '>secret']

const inTime = { timeout: 20_000 }

interface Hindered {
  readonly words: readonly string[]
  /** Asked of the engine before the start. */
  readonly hinder: readonly string[]
  /** And after it was found hindered. */
  readonly mend: readonly string[]
}

const replica: Hindered = {
  words: ['--replicaof', '127.0.0.1', '1'],
  hinder: ['INFO'],
  mend: ['REPLICAOF', 'NO', 'ONE'],
}

const hindered: readonly [string, Hindered][] = [
  ['READONLY You', replica],
  ['MASTERDOWN Link', { ...replica, words: [...replica.words, '--replica-serve-stale-data', 'no'] }],
  [
    'NOREPLICAS Not',
    {
      words: ['--min-replicas-to-write', '1'],
      hinder: ['INFO'],
      mend: ['CONFIG', 'SET', 'min-replicas-to-write', '0'],
    },
  ],
  [
    'nobody answered within 2 s',
    { words: [], hinder: ['CLIENT', 'PAUSE', '3600000', 'WRITE'], mend: ['CLIENT', 'UNPAUSE'] },
  ],
]

test.each(hindered)(
  'an engine that takes no changes yet is waited for, which is said once: %s',
  async (cause, { words, hinder, mend }) => {
    const { port, url } = await serverWith(...words)
    const ask = await askAt(port)
    await ask(...hinder)
    const { opening, told, says } = starting(url)
    await expect.poll(() => told[0]?.cause, inTime).toContain(cause)
    await ask(...mend)
    expect(await (await opening).send('a', ['SET', 'a', 'b'])).toBe('OK')
    expect(says()).toEqual([`the store at ${url} cannot be reached: waiting for it`, `the store at ${url} is there`])
  },
)

test('an engine that loads its data is waited for, which is said once', async () => {
  const { port, url, folder } = await savedServer()
  const loading = startRedisServer({ port, folder, words: ['--key-load-delay', '20000', ...oftenHeard] })
  onTestFinished(async () => (await loading).stop('SIGKILL'))
  const ask = await askAt(port)
  const { opening, told, says } = starting(url)
  await expect.poll(() => told[0]?.cause, inTime).toMatch(/^LOADING /)
  await ask('CONFIG', 'SET', 'key-load-delay', '0')
  expect(await (await opening).send('a', ['STRLEN', '1'])).toBe(1_024)
  expect(says()).toEqual([`the store at ${url} cannot be reached: waiting for it`, `the store at ${url} is there`])
})

test.each([
  ['is full', ['CONFIG', 'SET', 'maxmemory', '1'], '', 'OOM '],
  ['takes no script', [...aUser, '~*', '+@all', '-eval', '-evalsha'], 'lim:secret@', 'NOPERM '],
  ['takes our keys from nobody', [...aUser, '~foo*', '+@all'], 'lim:secret@', 'NOPERM '],
  [
    'takes no change in a script',
    [...aUser, '~*', '+@all', '-set'],
    'lim:secret@',
    'ERR The user executing the script ',
  ],
])('an engine that %s is not waited for', async (_title, refuse, user, word) => {
  const { port } = await serverWith()
  const ask = await askAt(port)
  await ask(...refuse)
  const { opening, told } = starting(`redis://${user}127.0.0.1:${port}`)
  const refused = await opening.catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(ConfigError)
  expect(String(refused)).toContain(`the store at redis://127.0.0.1:${port} cannot be used (${word}`)
  expect(told).toEqual([])
  expect(await ask('CLIENT', 'LIST', 'TYPE', 'normal')).toMatch(/^id=[^\n]*\n$/)
})

test('what proved that an engine takes changes leaves nothing in it', async () => {
  const { port, url } = await serverWith()
  const ask = await askAt(port)
  await starting(url).opening
  expect(await ask('DBSIZE')).toBe(0)
  expect(await ask('INFO', 'commandstats')).toContain('cmdstat_set:calls=1,')
})
