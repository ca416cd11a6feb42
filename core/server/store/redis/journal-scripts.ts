import { epochAt } from './epoch.ts'
import { scriptOf } from './redis-connection.ts'

/** The stream, and what is known of it: the last number, the octets and how many fell out. */
export const journalKeys = (prefix: string) => [`${prefix}journal`, `${prefix}journal/state`] as const

/**
 * Adds to a journal: keys are its own and the epoch; words are how many entries and octets it keeps, who adds and the number of what is added, which is added
 * once however often it comes, then each entry. What is added has the next numbers, and pushes out what is oldest.
 */
export const addEntries = scriptOf(`
${epochAt}
local stream, state = KEYS[1], KEYS[2]
epochAt(KEYS[3])
local most, mostOctets = tonumber(ARGV[1]), tonumber(ARGV[2])
local who = 'by ' .. ARGV[3]
if redis.call('HGET', state, who) == ARGV[4] then return redis.call('HGET', state, 'last') end
redis.call('HSET', state, who, ARGV[4])
for at = 5, #ARGV do
  local seq = redis.call('HINCRBY', state, 'last', 1)
  redis.call('XADD', stream, seq .. '-0', 'entry', ARGV[at])
  local octets = redis.call('HINCRBY', state, 'octets', #ARGV[at])
  local length = redis.call('XLEN', stream)
  while length > 1 and (length > most or octets > mostOctets) do
    local oldest = redis.call('XRANGE', stream, '-', '+', 'COUNT', 1)[1]
    redis.call('XDEL', stream, oldest[1])
    octets = redis.call('HINCRBY', state, 'octets', -#oldest[2][2])
    redis.call('HINCRBY', state, 'dropped', 1)
    length = length - 1
  end
end
return redis.call('HGET', state, 'last')
`)

/** Reads what stands behind a number, as many as wanted: the epoch, the number of the last of all, how many fell out, and the entries. */
export const readEntries = scriptOf(`
local about = redis.call('HMGET', KEYS[2], 'last', 'dropped')
return { redis.call('GET', KEYS[3]) or '', about[1] or '0', about[2] or '0', redis.call('XRANGE', KEYS[1], '(' .. ARGV[1] .. '-0', '+', 'COUNT', ARGV[2]) }
`)
