import type { SharedMap, SharedMapOptions } from '../shared-map.ts'
import { StoreUnavailable } from '../store-unavailable.ts'
import { epochAt, epochKey } from './epoch.ts'
import { oneAtATime } from './one-at-a-time.ts'
import { type RedisConnection, scriptOf } from './redis-connection.ts'

/** Shared maps in an engine: one hash with what differs from the start, and which of it changed when. */
export interface RedisSettings {
  sharedMap<T>(options: SharedMapOptions<T>): SharedMap<T>
  /** Also when the engine has other data than before: then all is read anew. */
  refresh(): Promise<void>
  settle(): Promise<void>
  /** The epoch of what is known here; undefined before the first refresh. */
  readonly epoch: string | undefined
}

/** How settings are written; another number is another way. */
const version = '1'

/** What the engine says of one thing: where it stands in the order, and the thing; null that it was deleted. Absent: as at the start. */
type Said = { readonly order: number; readonly thing: unknown } | null | undefined

interface Placed {
  readonly order: number
}

interface Follower {
  say(name: string, said: Said): void
  forget(): void
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

const writeChanges = scriptOf(`
${epochAt}
if ARGV[1] ~= 'any' and ARGV[1] ~= (redis.call('GET', KEYS[4]) or '') then return false end
local epoch, now = epochAt(KEYS[4]), nil
for at = 2, #ARGV, 2 do
  if ARGV[at + 1] == '' then
    redis.call('HDEL', KEYS[2], ARGV[at])
  else
    redis.call('HSET', KEYS[2], ARGV[at], ARGV[at + 1])
  end
  now = redis.call('INCR', KEYS[1])
  redis.call('ZADD', KEYS[3], now, ARGV[at])
end
return { epoch, now }
`)

/** As what the engine has never counted: all is read from the beginning. */
const fromTheStart = -1

/** Keeps the settings of a lab under keys that begin with `prefix`, which has its hash tag. */
export function createRedisSettings(redis: RedisConnection, prefix: string): RedisSettings {
  const keys = [...['revision', 'settings', 'changes'].map((name) => `${prefix}${name}`), epochKey(prefix)]
  const followers = new Map<string, Follower>()
  /** What the engine says of things whose map has not been made yet: map by map, name by name. */
  const unclaimed = new Map<string, Map<string, Said>>()
  /** The latest of each, written here and not there yet. */
  let unsent = new Map<string, string>()
  /** The same, on its way. */
  let sending = new Map<string, string>()
  /** What the engine had when the first that is unsent was changed. */
  let unsentUnder: string | undefined
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
    // A write failed meanwhile, and all was forgotten: what was asked for is not enough.
    if (known === fromTheStart && asked !== fromTheStart) return read()
    if (answer === null) return
    const [found = '', now = '0', since, ...fields] = answer
    if (since === `${fromTheStart}`) forgetAll()
    for (let at = 0; at < fields.length; at += 2) say(fields[at] ?? '', fields[at + 1] ?? '')
    // What somebody changes at this moment is so here.
    if (since === `${fromTheStart}`) for (const [field, text] of [...sending, ...unsent]) say(field, text)
    known = Number(now)
    epoch = found
  }
  const send = async (): Promise<void> => {
    if (unsent.size === 0) return
    const under = unsentUnder
    sending = unsent
    unsent = new Map()
    try {
      // Where there was nothing, whoever writes first takes nothing away from us.
      const answer = await redis.run(writeChanges, keys, [under || 'any', ...[...sending].flat()])
      if (answer === null)
        throw new StoreUnavailable(`the store at ${redis.place} has other data than before: try again`)
      const [found, now] = answer as [string, number]
      // Made by this write, or the same as before.
      if (now === known + sending.size) [known, epoch] = [now, found]
    } catch (error) {
      // Nobody was told that it is so: whatever the engine says is.
      forgetAll()
      known = fromTheStart
      throw error
    } finally {
      sending = new Map()
    }
  }
  return {
    sharedMap: (options) => {
      const write = (name: string, text: string) => {
        if (unsent.size === 0) unsentUnder = epoch
        unsent.set(JSON.stringify([options.name, name]), text)
      }
      const { map, follower } = follow(options, write)
      followers.set(options.name, follower)
      for (const [name, said] of unclaimed.get(options.name) ?? []) follower.say(name, said)
      unclaimed.delete(options.name)
      return map
    },
    refresh: oneAtATime(read),
    settle: oneAtATime(send),
    get epoch() {
      return epoch
    },
  }
}

/** Two that came at once at two replicas have the same place: then the name decides, so that all replicas list alike. */
const byOrder = ([name, one]: readonly [string, Placed], [otherName, other]: readonly [string, Placed]): number =>
  one.order - other.order || (name < otherName ? -1 : 1)

/** A map that tells of what changes in it, and can be told. */
function follow<T>(
  { atStart = [], write = (thing) => thing, read = (written) => written as T }: SharedMapOptions<T>,
  tell: (name: string, text: string) => void,
): { readonly map: SharedMap<T>; readonly follower: Follower } {
  const first = new Map([...atStart].map(([name, thing], order) => [name, { order, thing }]))
  let things = new Map(first)
  /** Of which the engine says, or will say, something else than the start. */
  const differing = new Set<string>()
  const change = (name: string, order: number, thing: T) => {
    things.set(name, { order, thing })
    differing.add(name)
  }
  const last = () => Math.max(first.size - 1, ...[...things.values()].map(({ order }) => order))
  const follower: Follower = {
    say(name, said) {
      if (said === undefined) {
        const started = first.get(name)
        if (started === undefined) things.delete(name)
        else things.set(name, started)
        differing.delete(name)
      } else if (said === null) {
        things.delete(name)
        differing.add(name)
      } else change(name, said.order, read(said.thing))
    },
    forget() {
      things = new Map(first)
      differing.clear()
    },
  }
  const map: SharedMap<T> = {
    get: (name) => things.get(name)?.thing,
    entries: () => [...things].sort(byOrder).map(([name, { thing }]) => [name, thing]),
    put(name, thing) {
      const before = things.get(name)
      const order = before?.order ?? last() + 1
      change(name, order, thing)
      tell(name, `${version} ${order} ${JSON.stringify(write(thing))}`)
      return before === undefined
    },
    delete(name) {
      if (!things.delete(name)) return false
      differing.add(name)
      tell(name, `${version} deleted`)
      return true
    },
    reset() {
      for (const name of differing) tell(name, '')
      follower.forget()
    },
  }
  return { map, follower }
}

/** @throws StoreUnavailable for a setting of another version, which this program must not guess at. */
function readThing(text: string, field: string): Said {
  if (text === '') return undefined
  const [first = '', order = ''] = text.split(' ', 2)
  if (first !== version) {
    const says = `the setting ${field} has the version [${first.slice(0, 20)}], expected ${version}: it was written by another release of sloop`
    throw new StoreUnavailable(says)
  }
  if (order === 'deleted') return null
  return { order: Number(order), thing: JSON.parse(text.slice(first.length + order.length + 2)) }
}
