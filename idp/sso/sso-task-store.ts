import type { Clock } from '#server/clock'
import { copyOut } from '#server/copy-out'
import { createExpiringMap } from '#server/expiring-map'
import type { NewId } from '#server/ids'
import type { SsoTask } from './sso-task.ts'

/** Logins that wait for somebody to sign in, each until it is taken or its time is over. */
export interface SsoTaskStore {
  /**
   * Keeps a login under an id. The same AuthnRequest once more, with the same RelayState, is the same login: replays push nobody out.
   */
  add(task: Omit<SsoTask, 'id'>): SsoTask
  /** The login with this id, for the first caller; undefined afterwards, and when its time is over. */
  take(id: string): SsoTask | undefined
  /** Keeps a login that was taken and is not to be answered yet. */
  putBack(task: SsoTask): void
  clear(): void
}

interface Options {
  readonly clock: Clock
  readonly newId: NewId
  readonly lifetimeMs: number
  /** Of logins that a service provider signed, and as many of those that anybody can ask for: strangers push out strangers only. */
  readonly capacity: number
}

export function createSsoTaskStore({ clock, newId, lifetimeMs, capacity }: Options): SsoTaskStore {
  const idByRequest = new Map<string, string>()
  const onRemove = (task: SsoTask): void => void idByRequest.delete(requestKey(task))
  const vouchedFor = createExpiringMap<SsoTask>({ clock, capacity, onRemove })
  const strangers = createExpiringMap<SsoTask>({ clock, capacity, onRemove })

  const put = (task: SsoTask): SsoTask => {
    const map = task.signed ? vouchedFor : strangers
    map.set(task.id, task, clock.now() + lifetimeMs)
    if (task.request !== undefined) idByRequest.set(requestKey(task), task.id)
    return task
  }
  return {
    add: (task) => put({ ...copyOut(task), id: idByRequest.get(requestKey(task)) ?? newId() }),
    take: (id) => vouchedFor.delete(id) ?? strangers.delete(id),
    putBack: put,
    clear: () => {
      vouchedFor.clear()
      strangers.clear()
    },
  }
}

function requestKey({ spEntityId, acsUrl, relayState, request, signed }: Omit<SsoTask, 'id'>): string {
  return JSON.stringify([spEntityId, acsUrl, relayState ?? null, request?.id ?? null, signed])
}
