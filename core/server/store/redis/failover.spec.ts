import { setTimeout as pause } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '../../logging.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { openRedis } from './open-redis.ts'
import { type RedisConnection, scriptOf } from './redis-connection.ts'
import { type RedisServer, startRedisServer } from './redis-server.test-support.ts'
import { startTcpFront, type TcpFront } from './tcp-front.test-support.ts'

async function open(url: string) {
  const redis = await openRedis({ url, log: silentLog })
  onTestFinished(() => redis.close())
  return redis
}

async function serverWith(...words: string[]): Promise<RedisServer> {
  const server = await startRedisServer({ words })
  onTestFinished(() => server.stop('SIGKILL'))
  return server
}

/** A master, its replica, and what speaks to the master by an address that can lead to the other. */
async function masterAndReplica() {
  const master = await serverWith()
  const replica = await serverWith('--repl-diskless-sync-delay', '0')
  const front = await startTcpFront(master.port)
  onTestFinished(front.close)
  const [redis, toMaster, toReplica] = await Promise.all(
    [`redis://127.0.0.1:${front.port}`, master.url, replica.url].map(open),
  )
  if (redis === undefined || toMaster === undefined || toReplica === undefined) throw new Error('all of them are open')
  // Only then: what can write nothing is waited for.
  await toReplica.send('', ['REPLICAOF', '127.0.0.1', `${master.port}`])
  return { master, replica, front, redis, toMaster, toReplica }
}

const write = scriptOf(`return redis.call('SET', KEYS[1], ARGV[1])`)
const writeTo = (redis: RedisConnection, text: string) => redis.run(write, ['a'], [text])
const followNobody = ['REPLICAOF', 'NO', 'ONE']
/** On a machine that is busy. */
const longestMs = 60_000
const patiently = { timeout: 10_000, interval: 20 }

test(
  'an engine that has become a replica is a refusal in a sentence, until its address leads to the master',
  async () => {
    const { master, replica, front, redis, toMaster, toReplica } = await masterAndReplica()
    expect(await writeTo(redis, 'before')).toBe('OK')
    await toReplica.send('', followNobody)
    await toMaster.send('', ['REPLICAOF', '127.0.0.1', `${replica.port}`])
    front.leadTo(replica.port)
    const refused = writeTo(redis, 'between')
    await expect(refused).rejects.toThrow(StoreUnavailable)
    const says = `the store at redis://127.0.0.1:${front.port} cannot serve now (READONLY You can't write against a read only replica`
    await expect(refused).rejects.toThrow(says)
    await expect.poll(() => writeTo(redis, 'after').catch(() => 'not yet'), patiently).toBe('OK')
    expect(await toReplica.send('a', ['GET', 'a'])).toBe('after')
    expect(master.process.exitCode).toBeNull()
  },
  longestMs,
)

test(
  'a replica that is reached before it takes over is a refusal, and serves once it has',
  async () => {
    const { master, replica, front, redis, toReplica } = await masterAndReplica()
    expect(await writeTo(redis, 'before')).toBe('OK')
    front.leadTo(replica.port)
    master.process.kill('SIGKILL')
    const said = () => writeTo(redis, 'between').catch(({ message }: Error) => message)
    await expect.poll(said, patiently).toContain('cannot serve now (READONLY ')
    await toReplica.send('', followNobody)
    await expect.poll(said, patiently).toBe('OK')
  },
  longestMs,
)

test(
  'who hears that the engine is back asks the one that is used from then on',
  async () => {
    const [one, other] = await Promise.all([serverWith(), serverWith()])
    const front = await startTcpFront(one.port)
    onTestFinished(front.close)
    const redis = await open(`redis://127.0.0.1:${front.port}`)
    const [toOne, toOther] = await Promise.all([open(one.url), open(other.url)])
    await Promise.all([toOne.send('a', ['SET', 'a', 'of one']), toOther.send('a', ['SET', 'a', 'of other'])])
    await toOne.send('', ['REPLICAOF', '127.0.0.1', '1'])
    const heard: unknown[] = []
    redis.whenBack(async () => heard.push(await redis.send('a', ['GET', 'a'])))
    const { connections } = redis
    front.leadTo(other.port)
    await expect(writeTo(redis, 'of us')).rejects.toThrow('cannot serve now (READONLY ')
    await expect.poll(() => heard, patiently).toEqual(['of other'])
    expect(redis.connections).toBe(connections + 1)
  },
  longestMs,
)

test.each([
  ['', (_front: TcpFront) => undefined],
  [' and of which every connection is cut', (front: TcpFront) => front.cut()],
])(
  'an engine that falls silent%s is left, although its address leads to it for a while still',
  async (_title, cutOff) => {
    const { master, replica, front, redis, toReplica } = await masterAndReplica()
    expect(await writeTo(redis, 'before')).toBe('OK')
    const { taken } = front
    master.process.kill('SIGSTOP')
    cutOff(front)
    const said = () => writeTo(redis, 'between').catch(({ message }: Error) => message)
    await expect.poll(said, patiently).toContain('the store at')
    await expect.poll(() => front.taken, patiently).toBeGreaterThan(taken)
    await toReplica.send('', followNobody)
    front.leadTo(replica.port)
    await expect.poll(said, patiently).toBe('OK')
    expect(await toReplica.send('a', ['GET', 'a'])).toBe('between')
  },
  longestMs,
)

test(
  'the first that hears of another engine asks that one, and is not kept by the one that fell silent',
  async () => {
    const { master, replica, front, redis, toReplica } = await masterAndReplica()
    await toReplica.send('', followNobody)
    await toReplica.send('a', ['SET', 'a', 'theirs'])
    const heard: unknown[] = []
    redis.whenBack(async () => heard.push(await redis.send('a', ['GET', 'a']).catch(String)))
    const { connections } = redis
    master.process.kill('SIGSTOP')
    front.leadTo(replica.port)
    const silent = writeTo(redis, 'lost').catch(String)
    // Is on its way when the other is there already.
    await pause(1_000)
    const late = writeTo(redis, 'lost').catch(String)
    expect(await silent).toContain('did not answer within 2 s')
    await expect.poll(() => heard, patiently).toEqual(['theirs'])
    expect(await late).toContain('did not answer within 2 s')
    expect(await redis.send('a', ['GET', 'a'])).toBe('theirs')
    // Longer than it takes to be renewed once more.
    await pause(1_000)
    expect(redis.connections).toBe(connections + 1)
  },
  longestMs,
)
