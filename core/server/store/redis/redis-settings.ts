import type { SharedMap, SharedMapOptions } from '../shared-map.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import type { Changes, ChangesOfSteps } from './changes.ts'
import { epochAt, epochKey } from './epoch.ts'
import { type Follower, followMap, readThing, type Said } from './follow-map.ts'
import { journalKeys } from './journal-scripts.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type RedisConnection, scriptOf } from './redis-connection.ts'

/** Shared maps in an engine: one hash with what differs from the start, and which of it changed when. */
export interface RedisSettings {
  sharedMap<T>(options: SharedMapOptions<T>): SharedMap<T>
  /** Also when the engine has other data than before: then all is read anew. */
  refresh(): Promise<void>
  /** @throws StoreUnavailable; then they are undone here with the next refresh */
  write(changes: Changes): Promise<void>
  /** Undoes changes that were not written, with the next refresh. */
  drop(changes: Changes): void
  /** The epoch of what is known here; undefined before the first refresh. */
  readonly epoch: string | undefined
}

const readChanges = scriptOf(`
local epoch, now = redis.call('GET', KEYS[4]) or '', redis.call('GET', KEYS[1]) or '0'
if epoch == ARGV[2] and now == ARGV[1] then return false end
local since = ARGV[1]
if epoch ~= ARGV[2] or tonumber(now) < tonumber(since) then since = '-1' end
local fields = redis.call('ZRANGEBYSCORE', KEYS[3], '(' .. since, '+inf')
local answer = { epoch, now, since }
for _, field in ipairs(fields) do
  answer[#answer + 1] = field
  answer[#answer + 1] = redis.call('HGET', KEYS[2], field) or ''
end
return answer
`)

/**
 * Keys are those of the settings, then the stream of the journal and what is known of it. Words are the epoch in which the changes were made, the entry of a reset,
 * if there is one, and each setting with its text. A key that a script has removed it cannot make again while its slot moves to another node of a cluster: what
 * may empty one comes last.
 */
const writeChanges = scriptOf(`
${epochAt}
if ARGV[1] ~= 'any' and ARGV[1] ~= (redis.call('GET', KEYS[4]) or '') then return false end
local epoch, now = epochAt(KEYS[4]), redis.call('GET', KEYS[1]) or '0'
for at = 3, #ARGV, 2 do
  if ARGV[at + 1] ~= '' then redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1]) end
  now = redis.call('INCR', KEYS[1])
  redis.call('ZADD', KEYS[3], now, ARGV[at])
end
if ARGV[2] ~= '' then
  redis.call('XTRIM', KEYS[5], 'MAXLEN', 0)
  redis.call('XADD', KEYS[5], redis.call('HINCRBY', KEYS[6], 'last', 1) .. '-0', 'entry', ARGV[2])
  redis.call('HSET', KEYS[6], 'octets', #ARGV[2], 'dropped', 0)
end
for at = 3, #ARGV, 2 do
  if ARGV[at + 1] == '' then redis.call('HDEL', KEYS[2], ARGV[at]) end
end
return { epoch, now }
`)

/** As what the engine has never counted: all is read from the beginning. */
const fromTheStart = -1

/** Keeps the settings of a lab under keys that begin with `prefix`, which has its hash tag. */
export function createRedisSettings(redis: RedisConnection, prefix: string, changes: ChangesOfSteps): RedisSettings {
  const keys = [...['revision', 'settings', 'changes'].map((name) => `${prefix}${name}`), epochKey(prefix)]
  const followers = new Map<string, Follower>()
  /** What the engine says of things whose map has not been made yet: map by map, name by name. */
  const unclaimed = new Map<string, Map<string, Said>>()
  let known = 0
  let epoch: string | undefined
  let { connections } = redis

  const say = (field: string, text: string): void => {
    const [map = '', name = ''] = JSON.parse(field) as string[]
    const said = readThing(text, field)
    const follower = followers.get(map)
    if (follower !== undefined) {
      follower.say(name, said)
      return
    }
    const waiting = unclaimed.get(map) ?? new Map<string, Said>()
    unclaimed.set(map, waiting.set(name, said))
  }
  const sayAll = ({ settings }: Changes): void => {
    for (const [field, text] of settings) say(field, text)
  }
  const forgetAll = (): void => {
    unclaimed.clear()
    for (const follower of followers.values()) follower.forget()
  }
  const read = async (): Promise<void> => {
    // An engine that was away may have come back as it was a while ago.
    if (connections !== redis.connections) known = fromTheStart
    const { connections: during } = redis
    const asked = known
    const answer = (await redis.run(readChanges, keys, [`${asked}`, epoch ?? 'none'])) as string[] | null
    connections = during
    // Something was written, or was not, meanwhile: what was asked for is not enough.
    if (known < asked) return read()
    if (answer === null) return
    const [found = '', now = '0', since, ...fields] = answer
    if (since === `${fromTheStart}`) forgetAll()
    for (let at = 0; at < fields.length; at += 2) say(fields[at] ?? '', fields[at + 1] ?? '')
    // What somebody changes at this moment is so here.
    for (const each of changes.pending) sayAll(each)
    known = Number(now)
    epoch = found
  }
  const write = async (written: Changes): Promise<void> => {
    const { settings, reset = '', under } = written
    if (settings.size === 0 && reset === '') return changes.done(written)
    const before = known
    try {
      const all = [...keys, ...journalKeys(prefix)]
      // Where there was nothing, whoever writes first takes nothing away from us.
      const answer = await redis.run(writeChanges, all, [under || 'any', reset, ...[...settings].flat()])
      if (answer === null)
        throw new StoreUnavailable(`the store at ${redis.place} has other data than before: try again`)
      changes.done(written)
      const [found, now] = answer as [string, number | string]
      // Made by this write, or the same as before.
      const isOurs = found === epoch || (epoch ?? '') === ''
      if (isOurs && Number(now) === known + settings.size) {
        ;[known, epoch] = [Number(now), found]
        for (const each of [written, ...changes.pending]) sayAll(each)
      } else known = Math.min(known, before)
    } catch (error) {
      drop(written)
      throw error
    }
  }
  /** Nobody was told that it is so: whatever the engine says is. */
  const drop = (dropped: Changes): void => {
    changes.done(dropped)
    if (dropped.settings.size > 0) known = fromTheStart
  }
  return {
    sharedMap: (options) => {
      const change = (name: string, text: string) => {
        const { current } = changes
        if (current.settings.size === 0) current.under = epoch
        current.settings.set(JSON.stringify([options.name, name]), text)
      }
      const { map, follower } = followMap(options, change)
      followers.set(options.name, follower)
      for (const [name, said] of unclaimed.get(options.name) ?? []) follower.say(name, said)
      unclaimed.delete(options.name)
      return map
    },
    refresh: oneAtATime(read),
    write,
    drop,
    get epoch() {
      return epoch
    },
  }
}
