import type { PostForm } from '#saml/bindings/post'
import type { Clock } from '#server/clock'
import type { Store } from '#server/store/store'
import type { Draft } from '../outbox/draft.ts'
import type { LogoutMove } from '../slo/logout-move.ts'

/** What a browser takes to a service provider. */
export type ByBrowser =
  | { readonly way: 'redirect'; readonly url: string }
  | { readonly way: 'post'; readonly form: PostForm }

/** A LogoutRequest that a browser takes twice, the second time when the first was answered. */
export interface Repeat {
  readonly sent: ByBrowser
  readonly draft: Pick<Draft, 'kind' | 'to'>
  readonly isFrame: boolean
  /** Where the logout goes on behind the first answer; undefined while there is none. */
  readonly next?: LogoutMove | undefined
}

/** LogoutRequests that a browser takes twice, by their IDs. */
export interface Repeats {
  /** Whether there may be any. Without the fault that makes them nobody need look. */
  areKnown(): boolean
  keep(id: string, repeat: Repeat, until: number): Promise<void>
  find(id: string): Promise<Repeat | undefined>
  /** Remembers where the logout goes on, once: of several first answers that of the first. */
  goOn(id: string, next: LogoutMove): Promise<void>
  forget(id: string): Promise<void>
  clear(): Promise<void>
}

export function createRepeats(store: Store, options: { readonly clock: Clock; readonly capacity: number }): Repeats {
  const records = store.records<Repeat>({ name: 'repeats', isBrief: true, ...options })
  const known = store.sharedMap<true>({ name: 'repeats-known' })
  return {
    areKnown: () => known.get('any') === true,
    keep: async (id, repeat, until) => {
      if (known.get('any') === undefined) known.put('any', true)
      await records.set(id, repeat, until)
    },
    find: records.get,
    goOn: async (id, next) => {
      await records.update(id, (repeat) => (repeat.next === undefined ? { ...repeat, next } : repeat))
    },
    forget: async (id) => void (await records.take(id)),
    clear: async () => {
      known.reset()
      await records.clear()
    },
  }
}
