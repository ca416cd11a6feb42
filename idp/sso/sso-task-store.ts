import { createHash } from 'node:crypto'
import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import type { NewId } from '#server/ids'
import type { Store } from '#server/store/store'
import type { SsoTask } from './sso-task.ts'

/** Logins that wait for somebody to sign in, each until it is taken or its time is over. */
export interface SsoTaskStore {
  /**
   * Keeps a login under an id. The same AuthnRequest once more, with the same RelayState, is the same login: replays push nobody out.
   */
  add(task: Omit<SsoTask, 'id'>): Promise<SsoTask>
  /** The login with this id, which stays; undefined when it was taken, or its time is over. */
  find(id: string): Promise<SsoTask | undefined>
  /** The login with this id, for the first caller; undefined afterwards, and when its time is over. */
  take(id: string): Promise<SsoTask | undefined>
  /** Keeps a login that was taken and is not to be answered yet, unless it was asked for again meanwhile. */
  putBack(task: SsoTask): Promise<void>
  clear(): Promise<void>
}

interface Options {
  readonly clock: Clock
  readonly newId: NewId
  readonly lifetimeMs: number
  /** Of logins that a service provider signed, and as many of those that anybody can ask for: strangers push out strangers only. */
  readonly capacity: number
}

export function createSsoTaskStore(store: Store, { clock, newId, lifetimeMs, capacity }: Options): SsoTaskStore {
  const recordsOf = (name: string) => store.records<SsoTask>({ name, clock, capacity })
  const kinds = { signed: recordsOf('sso-tasks'), unsigned: recordsOf('sso-tasks-of-anybody') }
  const expiry = () => clock.now() + lifetimeMs
  const placeOf = (id: string) => {
    const [kind, slot = ''] = id.split('.')
    return { records: kind === 'signed' ? kinds.signed : kinds.unsigned, slot }
  }
  const putBack = async (task: SsoTask): Promise<void> => {
    const { records, slot } = placeOf(task.id)
    await records.add(slot, task, expiry())
  }

  return {
    add: async (given) => {
      const asked = copyOut(given)
      const slot = asked.request === undefined ? newId() : digestOf(asked, asked.request.id)
      const task = { ...asked, id: `${asked.signed ? 'signed' : 'unsigned'}.${slot}.${newId()}` }
      const { records } = placeOf(task.id)
      for (;;) {
        if (await records.add(slot, task, expiry())) return task
        const again = await records.update(slot, ({ id }) => ({ ...task, id }), expiry())
        if (again !== undefined) return again
      }
    },
    find: async (id) => {
      const { records, slot } = placeOf(id)
      const task = await records.get(slot)
      return task?.id === id ? task : undefined
    },
    take: async (id) => {
      const { records, slot } = placeOf(id)
      // Another id there: the same request has been answered, and asked for again since.
      return records.take(slot, (task) => task.id === id)
    },
    putBack,
    clear: async () => void (await Promise.all([kinds.signed.clear(), kinds.unsigned.clear()])),
  }
}

/** Where the one login stands that this request asks for: every replica finds the same place. */
function digestOf({ spEntityId, acsUrl, relayState }: Omit<SsoTask, 'id'>, requestId: string): string {
  const key = JSON.stringify([spEntityId, acsUrl, relayState ?? null, requestId])
  return createHash('sha256').update(key).digest('base64url')
}
