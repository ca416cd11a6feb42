import { expect, onTestFinished, test } from 'vitest'
import { silentLog } from '../../logging.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { openRedis } from './open-redis.ts'
import { type RedisConnection, scriptOf } from './redis-connection.ts'
import { type RedisServer, startRedisServer } from './redis-server.test-support.ts'
import { startTcpFront } from './tcp-front.test-support.ts'

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
  const replica = await serverWith('--replicaof', '127.0.0.1', `${master.port}`, '--repl-diskless-sync-delay', '0')
  const front = await startTcpFront(master.port)
  onTestFinished(front.close)
  const [redis, toMaster, toReplica] = await Promise.all(
    [`redis://127.0.0.1:${front.port}`, master.url, replica.url].map(open),
  )
  if (redis === undefined || toMaster === undefined || toReplica === undefined) throw new Error('all of them are open')
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
