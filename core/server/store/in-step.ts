import type { Replicas } from './store.ts'

/** A middleware of Hono. Every request sees what other replicas did before, and what it did is where they see it before its answer. */
export function inStep({ refresh, settle }: Replicas) {
  return async function inStep(_context: unknown, next: () => Promise<void>): Promise<void> {
    await refresh()
    await next()
    await settle()
  }
}
