import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { pathOf } from '#server/path-of'
import type { Fetch, Listener } from '#server/serve'
import type { Opening } from './opening.ts'
import { notReady, readyPath } from './readiness.ts'

/** Sockets that can be left by those who send requests to them. */
export interface Drainable {
  readonly opening: Opening
  /** From now on every role says that it is not ready, and why, answers all else as before, and lets no connection be used again; until there is no reason. */
  leave(reason: string | undefined): void
  /** The same because they will close. Settled after so long. */
  drain(ms: number): Promise<void>
}

/**
 * The same sockets, as long as there is no reason to leave them.
 * @param look is told that somebody asked whether we are ready, and is not waited for: what it finds is the next answer
 */
export function drainable(opening: Opening, look?: () => void): Drainable {
  let why: string | undefined
  let isDraining = false
  const leaving =
    (fetch: Fetch): Fetch =>
    (request, env) => {
      if (look !== undefined && pathOf(request).endsWith(readyPath)) look()
      const reason = isDraining ? 'it is being stopped' : why
      if (reason === undefined) return fetch(request, env)
      const { outgoing } = (env ?? {}) as { readonly outgoing?: ServerResponse }
      if (outgoing !== undefined) outgoing.shouldKeepAlive = false
      return pathOf(request).endsWith(readyPath) ? notReady(reason) : fetch(request, env)
    }
  const at = (listener: Listener): Listener => ({ ...listener, mount: (fetch) => listener.mount(leaving(fetch)) })
  const all = (listeners: ReadonlyMap<string, Listener>) =>
    new Map([...listeners].map(([name, listener]) => [name, at(listener)]))
  const { idp, es, apps, partners } = opening
  return {
    opening: { ...opening, idp: idp && at(idp), es: es && at(es), apps: all(apps), partners: all(partners) },
    leave: (reason) => {
      why = reason
    },
    async drain(ms) {
      isDraining = true
      await pause(ms)
    },
  }
}
