import { stat } from 'node:fs/promises'
import { setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { StoreUnavailable } from '../store-unavailable.ts'
import { scriptOf, speakTo } from './redis-connection.ts'

/** An engine that answers when it is told to. */
function slowEngine(longestMs: number) {
  const waiting: (() => void)[] = []
  const sendCommand = () => new Promise((resolve) => void waiting.push(() => resolve('PONG')))
  const redis = speakTo(sendCommand, { place: 'redis://engine', close: async () => undefined, longestMs })
  return { redis, waiting, ping: () => redis.send('', ['PING']) }
}

const silence = new StoreUnavailable('the store at redis://engine did not answer within 0.05 s')

test('an engine that says nothing is waited for once: who asks after that is told at once, until it answers', async () => {
  const { ping, waiting } = slowEngine(50)
  await expect(ping()).rejects.toThrow(silence)
  await expect(ping()).rejects.toThrow(silence)
  expect(waiting).toHaveLength(1)
  waiting[0]?.()
  await Promise.resolve()
  const heard = ping()
  expect(waiting).toHaveLength(2)
  waiting[1]?.()
  expect(await heard).toBe('PONG')
})

test('an engine that goes on saying nothing is asked again after as long', async () => {
  const { ping, waiting } = slowEngine(50)
  await expect(ping()).rejects.toThrow(silence)
  await expect
    .poll(
      () =>
        ping().then(
          () => '',
          () => waiting.length,
        ),
      { interval: 10 },
    )
    .toBe(2)
})

test('an answer that came while this process was kept from running is in time', async () => {
  const redis = speakTo(() => stat('.'), { place: 'redis://engine', close: async () => undefined, longestMs: 20 })
  // What comes next is timers, then what was read.
  await turnOfTheLoop()
  const answer = redis.send('', ['PING'])
  const until = performance.now() + 100
  while (performance.now() < until);
  expect(await answer).toHaveProperty('size')
})

test('an engine that says nothing of one lab is asked about another', async () => {
  const asked: string[] = []
  const sendCommand = (key: string) => {
    asked.push(key)
    return key.includes('{hung}') ? new Promise(() => undefined) : Promise.resolve('there')
  }
  const redis = speakTo(sendCommand, { place: 'redis://engine', close: async () => undefined, longestMs: 50 })
  await expect(redis.send('sloop:{hung}:a', ['GET'])).rejects.toThrow(silence)
  await expect(redis.send('sloop:{hung}:b', ['GET'])).rejects.toThrow(silence)
  expect(await redis.send('sloop:{hung2}:a', ['GET'])).toBe('there')
  expect(asked).toEqual(['sloop:{hung}:a', 'sloop:{hung2}:a'])
})

test.each([
  ["READONLY You can't write against a read only replica.", 'cannot serve now', true],
  ["MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'.", 'cannot serve now', true],
  ['LOADING Redis is loading the dataset in memory', 'cannot serve now', false],
  ['CLUSTERDOWN The cluster is down', 'cannot serve now', false],
  ['TRYAGAIN Multiple keys request during rehashing of slot', 'cannot serve now', false],
  ['NOREPLICAS Not enough good replicas to write.', 'cannot serve now', false],
  ['MISCONF Errors writing to the AOF file: No space left on device', 'cannot serve now', false],
  ['BUSY Redis is busy running a script.', 'cannot serve now', false],
  ['NOAUTH Authentication required.', 'refuses us', false],
  ['WRONGPASS invalid username-password pair or user is disabled.', 'refuses us', false],
  ["NOPERM this user has no permissions to run the 'get' command", 'refuses us', false],
  ["OOM command not allowed when used memory > 'maxmemory'.", 'is full', false],
  ['ERR max number of clients reached', 'cannot serve now', false],
  ['The client is closed', 'cannot be reached', false],
])('what an engine answers instead is told with what it means: %s', async (message, means, isLookedForAnew) => {
  let renewals = 0
  const renew = () => {
    renewals += 1
  }
  const close = async () => undefined
  const redis = speakTo(() => Promise.reject(new Error(message)), { place: 'redis://engine', close, renew })
  const says = new StoreUnavailable(`the store at redis://engine ${means} (${message})`)
  await expect(redis.send('a', ['SET', 'a', 'b'])).rejects.toThrow(says)
  await expect(redis.run(scriptOf('return 1'), ['a'], [])).rejects.toThrow(says)
  expect(renewals).toBe(isLookedForAnew ? 2 : 0)
})

test('an engine that says nothing is looked for anew', async () => {
  let renewals = 0
  const renew = () => {
    renewals += 1
  }
  const close = async () => undefined
  const redis = speakTo(() => new Promise(() => undefined), { place: 'redis://engine', close, renew, longestMs: 10 })
  await expect(redis.send('a', ['GET', 'a'])).rejects.toThrow('did not answer within 0.01 s')
  expect(renewals).toBe(1)
})

test('what an engine that was replaced never answered says nothing of the one that serves now', async () => {
  let connections = 1
  let renewals = 0
  const opened = {
    get connections() {
      return connections
    },
    whenBack: () => undefined,
  }
  const renew = () => {
    renewals += 1
  }
  const close = async () => undefined
  const sendCommand = () => (connections === 1 ? new Promise(() => undefined) : Promise.resolve('there'))
  const redis = speakTo(sendCommand, { place: 'redis://engine', close, opened, renew, longestMs: 20 })
  const late = redis.send('a', ['GET', 'a'])
  connections = 2
  await expect(late).rejects.toThrow('did not answer within 0.02 s')
  expect(await redis.send('a', ['GET', 'a'])).toBe('there')
  expect(renewals).toBe(0)
})
