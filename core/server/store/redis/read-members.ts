import { type RedisConnection, scriptOf } from './redis-connection.ts'

/** The members of an ordered set, and what the keys hold that are called after them: as all of it was at one moment. */
export interface Members {
  readonly members: readonly string[]
  /** Of the first members, in their order, as many as `mostAtOnce`; null where the engine has forgotten one. */
  readonly texts: readonly (string | null)[]
}

/** Reading more would make everybody else wait. */
export const mostAtOnce = 500

// The keys have the hash tag of the set. Dragonfly wants to be told in this way that not all of them can be named before.
const script = scriptOf(`--!df flags=allow-undeclared-keys
local members = redis.call('ZRANGE', KEYS[1], 0, -1)
local keys = {}
for at = 1, math.min(#members, tonumber(ARGV[2])) do keys[at] = ARGV[1] .. members[at] end
if #keys == 0 then return { members, {} } end
return { members, redis.call('MGET', unpack(keys)) }
`)

/** @param start what the key of a member begins with */
export async function readMembers(redis: RedisConnection, set: string, start: string): Promise<Members> {
  const answer = await redis.run(script, [set], [start, `${mostAtOnce}`])
  const [members, texts] = answer as [string[], (string | null)[]]
  return { members, texts }
}

const dropScript = scriptOf(`--!df flags=allow-undeclared-keys
for _, member in ipairs(redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)) do
  if redis.call('EXISTS', ARGV[1] .. member) == 0 then redis.call('ZREM', KEYS[1], member) end
end
`)

/** Takes those of the oldest members out that the engine has forgotten: nobody else looks at them. */
export async function dropGone(
  redis: RedisConnection,
  set: string,
  { start, oldest }: { readonly start: string; readonly oldest: number },
): Promise<void> {
  await redis.run(dropScript, [set], [start, `${oldest}`])
}
