import type { Keys } from '../keys/keys.ts'

/**
 * The keys of one lab, out of a pool that all labs share (`spec/contract.md` §2.9): the first of a kind that a lab asks for is the first of the pool, whatever it is called there. So no lab
 * waits for a key once another had as many, and no two parties of a lab have the same.
 */
export function labKeys(pool: Keys): Keys {
  const names = new Map<string, string>()
  const counts = new Map<string, number>()
  const nameOf = (name: string): string => {
    const [kind = name] = name.split('-')
    const count = (counts.get(kind) ?? 0) + 1
    counts.set(kind, count)
    return count === 1 ? kind : `${kind}-${count}`
  }
  return (name) => {
    const pooled = names.get(name) ?? nameOf(name)
    names.set(name, pooled)
    return pool(pooled)
  }
}
