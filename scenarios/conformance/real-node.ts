import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config'
import { readAnswer, requestOf, type ServiceUser } from './calls.ts'
import type { Keys } from './configuration.ts'
import { profileOf } from './profile.ts'
import type { Target } from './target.ts'

interface RealNode extends ServiceUser {
  readonly url: string
  readonly keys: Keys
  /** Its version, when it is not to be asked. */
  readonly version?: string | undefined
}

/** A node behind an address, asked for its version first. */
export async function connect({
  url,
  username,
  password,
  keys,
  version,
}: RealNode): Promise<Target & { version: string }> {
  const user = { username, password }
  const send: Target['send'] = async (call) => readAnswer(await fetch(requestOf(url, call, user)))
  const found = version ?? (await versionOf(url, send))
  return { version: found, profile: profileOf(found), keys, now: systemClock.now, send }
}

async function versionOf(url: string, send: Target['send']): Promise<string> {
  const { json, status, text } = await send({ method: 'GET', path: '/' }).catch((error: Error) => {
    const { message } = error.cause instanceof Error ? error.cause : error
    throw new ConfigError(`the node at ${url} cannot be reached: ${message}`, { cause: error })
  })
  const { number } = (json['version'] ?? {}) as { number?: unknown }
  if (typeof number === 'string') return number
  throw new ConfigError(`the node does not tell its version: ${status} ${text.slice(0, 256)}`)
}
