import { inTime } from '../../timers.ts'
import { unanswered } from './connect-in-time.ts'
import { mostMs, runBy, scriptOf } from './redis-connection.ts'
import type { Client } from './renewable-client.ts'

const proof = scriptOf(`
redis.call('SET', KEYS[1], '')
redis.call('DEL', KEYS[1])
`)

/**
 * The same client, by which a script has just written: an engine takes connections, and tells of itself, when it can do nothing else.
 * @param key under which nothing is kept
 * @throws Error in the engine's words, or when it falls silent; then the client is destroyed
 */
export async function proven(client: Client, key: string): Promise<Client> {
  try {
    await inTime(mostMs, runBy(client.send, proof, { keys: [key] }), unanswered)
    return client
  } catch (cause) {
    client.destroy()
    throw cause
  }
}
