import { type RedisConnection, scriptOf } from './redis-connection.ts'

/** One thing that is done to the key with this number among those named. */
export type Step =
  /** Keeps a text until this instant of the engine, epoch milliseconds; for ever when absent. */
  | { readonly do: 'keep'; readonly key: string; readonly text: string; readonly until: number | undefined }
  | { readonly do: 'drop'; readonly key: string }
  /** Puts a member behind all others of an ordered set. */
  | { readonly do: 'append'; readonly key: string; readonly member: string; readonly until: number | undefined }
  /** The same, unless it is there. */
  | { readonly do: 'join'; readonly key: string; readonly member: string; readonly until: number | undefined }
  | { readonly do: 'leave'; readonly key: string; readonly member: string }

export interface ConditionalWrite {
  /** Nothing is done unless this key holds exactly the expected text; none when that is undefined. */
  readonly key: string
  readonly expected: string | undefined
  /** Counts what was appended. */
  readonly order: string
  /** An ordered set of which the size is wanted. */
  readonly all: string
  readonly steps: readonly Step[]
}

/** Whether it was done: then how many the set `all` has, else what the key holds instead. */
export type Written =
  | { readonly done: true; readonly size: number }
  | { readonly done: false; readonly found: string | undefined }

// A key that a script has emptied it cannot look at again while its slot moves to another node of a cluster: the size is counted beforehand.
const script = scriptOf(`
local found, expected = redis.call('GET', KEYS[1]), ARGV[2]
if ARGV[1] == 'none' then expected = false end
if found ~= expected then return { 0, found } end
local size = redis.call('ZCARD', KEYS[3])
local function changed(key, by)
  if key == KEYS[3] then size = size + by end
end
local order
local function position()
  order = order or redis.call('INCR', KEYS[2])
  return order
end
local function lives(key, till)
  if till == '' then
    redis.call('PERSIST', key)
  elseif redis.call('PEXPIREAT', key, till, 'NX') == 0 then
    redis.call('PEXPIREAT', key, till, 'GT')
  end
end
for at = 3, #ARGV, 4 do
  local step, key, text, till = ARGV[at], KEYS[tonumber(ARGV[at + 1])], ARGV[at + 2], ARGV[at + 3]
  if step == 'keep' then
    if till == '' then redis.call('SET', key, text) else redis.call('SET', key, text, 'PXAT', till) end
  elseif step == 'drop' then
    redis.call('DEL', key)
  elseif step == 'append' then
    changed(key, redis.call('ZADD', key, position(), text))
    lives(key, till)
  elseif step == 'join' then
    if not redis.call('ZSCORE', key, text) then changed(key, redis.call('ZADD', key, position(), text)) end
    lives(key, till)
  elseif step == 'leave' then
    changed(key, -redis.call('ZREM', key, text))
  end
end
return { 1, size }
`)

/** Does all steps at once, or none when somebody else was there first. Every key has the same hash tag, so that a cluster keeps them together. */
export async function writeIf(redis: RedisConnection, write: ConditionalWrite): Promise<Written> {
  const keys = [...new Set([write.key, write.order, write.all, ...write.steps.map(({ key }) => key)])]
  const numbered = new Map(keys.map((key, index) => [key, `${index + 1}`]))
  const words = write.steps.flatMap((step) => [step.do, numbered.get(step.key) ?? '', ...detailsOf(step)])
  const expected = write.expected === undefined ? ['none', ''] : ['this', write.expected]
  const [isDone, more] = (await redis.run(script, keys, [...expected, ...words])) as [number, number | string | null]
  if (isDone === 1) return { done: true, size: Number(more) }
  return { done: false, found: more === null ? undefined : String(more) }
}

function detailsOf(step: Step): readonly [string, string] {
  switch (step.do) {
    case 'keep':
      return [step.text, instant(step.until)]
    case 'append':
    case 'join':
      return [step.member, instant(step.until)]
    case 'leave':
      return [step.member, '']
    case 'drop':
      return ['', '']
  }
}

const instant = (at: number | undefined): string => (at === undefined ? '' : `${at}`)
