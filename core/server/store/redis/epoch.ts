/** The key of a lab's epoch: a word of the engine's own, which stands there from the first write on. Another word, or none, is other data. */
export const epochKey = (prefix: string): string => `${prefix}epoch`

/** For scripts that write: `epochAt(key)` is the word, made by the engine's own clock where there is none. */
export const epochAt = `
local function epochAt(key)
  local epoch = redis.call('GET', key)
  if not epoch then
    local now = redis.call('TIME')
    epoch = now[1] .. '.' .. now[2]
    redis.call('SET', key, epoch)
  end
  return epoch
end
`
