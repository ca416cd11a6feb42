import type { Differing } from '../store.ts'
import { epochAt, epochKey } from './epoch.ts'
import { type RedisConnection, scriptOf } from './redis-connection.ts'

/** What all replicas of a server agreed on: the first text that any of them gave a name. */
export interface RedisAgreement {
  first(name: string, text: string): Promise<string>
  said(name: string): Promise<string | undefined>
  /** Says again what was agreed on, unless the engine has the data in which it was: all of it at once, or nothing where anything of it is there and differs. */
  sayAgainUnless(epoch: string): Promise<void>
  /** Is told each time that all was said again: with what differs, if anything does. */
  whenSaidAgain(tell: (differing: Differing | undefined) => void): void
}

const sayFirst = scriptOf(`
${epochAt}
redis.call('SET', KEYS[1], ARGV[1], 'NX')
return { epochAt(KEYS[2]), redis.call('GET', KEYS[1]) }
`)

/** Keys are the epoch, and the names whose texts the words are: the epoch then, and which of them differs, with the text that stands there. */
const sayAll = scriptOf(`
${epochAt}
for at = 1, #ARGV do
  local found = redis.call('GET', KEYS[at + 1])
  if found and found ~= ARGV[at] then return { epochAt(KEYS[1]), at, found } end
end
for at = 1, #ARGV do redis.call('SET', KEYS[at + 1], ARGV[at]) end
return { epochAt(KEYS[1]) }
`)

/** @param prefix of the lab to which all of it belongs, with its hash tag */
export function createRedisAgreement(redis: RedisConnection, prefix: string): RedisAgreement {
  const keyOf = (name: string) => `${prefix}said/${name}`
  const agreed = new Map<string, string>()
  const told: ((differing: Differing | undefined) => void)[] = []
  /** In which data it stands. */
  let under: string | undefined

  const remember = (name: string, text: string): string => {
    agreed.set(name, text)
    return text
  }
  let saying: Promise<void> | undefined
  const sayAgain = async (): Promise<void> => {
    const before = under
    const all = [...agreed]
    const keys = [epochKey(prefix), ...all.map(([name]) => keyOf(name))]
    const texts = all.map(([, text]) => text)
    const [found, at, theirs = ''] = (await redis.run(sayAll, keys, texts)) as [string, number?, string?]
    under = found
    // Whoever asked had looked before it was said.
    if (found === before) return
    const [name, ours] = all[(at ?? 0) - 1] ?? []
    const differing = name === undefined || ours === undefined ? undefined : { name, ours, theirs }
    for (const tell of told) tell(differing)
  }
  const sayAgainUnless = async (epoch: string): Promise<void> => {
    if (under === undefined || under === epoch) return
    saying ??= sayAgain().finally(() => {
      saying = undefined
    })
    return saying
  }
  return {
    async first(name, text) {
      const answer = await redis.run(sayFirst, [keyOf(name), epochKey(prefix)], [text])
      const [epoch, found] = answer as [string, string]
      await sayAgainUnless(epoch)
      under ??= epoch
      return remember(name, found)
    },
    async said(name) {
      const text = await redis.send(keyOf(name), ['GET', keyOf(name)])
      return text === null ? undefined : remember(name, text as string)
    },
    sayAgainUnless,
    whenSaidAgain: (tell) => void told.push(tell),
  }
}
