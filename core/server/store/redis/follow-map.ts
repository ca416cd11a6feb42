import type { SharedMap, SharedMapOptions } from '../shared-map.ts'
import { StoreUnavailable } from '../store-unavailable.ts'

/** How settings are written; another number is another way. */
const version = '1'

/** What the engine says of one thing: where it stands in the order, and the thing; null that it was deleted. Absent: as at the start. */
export type Said = { readonly order: number; readonly thing: unknown } | null | undefined

interface Placed {
  readonly order: number
}

/** What a map is told. */
export interface Follower {
  say(name: string, said: Said): void
  forget(): void
}

/** Two that came at once at two replicas have the same place: then the name decides, so that all replicas list alike. */
const byOrder = ([name, one]: readonly [string, Placed], [otherName, other]: readonly [string, Placed]): number =>
  one.order - other.order || (name < otherName ? -1 : 1)

/** A map that tells of what changes in it, and can be told. */
export function followMap<T>(
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
export function readThing(text: string, field: string): Said {
  if (text === '') return undefined
  const [first = '', order = ''] = text.split(' ', 2)
  if (first !== version) {
    const says = `the setting ${field} has the version [${first.slice(0, 20)}], expected ${version}: it was written by another release of sloop`
    throw new StoreUnavailable(says)
  }
  if (order === 'deleted') return null
  return { order: Number(order), thing: JSON.parse(text.slice(first.length + order.length + 2)) }
}
