import type { Replicas } from './store.ts'
import { StoreUnavailable } from './store-unavailable.ts'

/** A middleware of Hono. Every request sees what other replicas did before, and what it did is where they see it before its answer: all of it, or nothing where its answer is that the store is away. */
export function inStep({ refresh, step }: Replicas) {
  return async function inStep(context: { readonly error: Error | undefined }, next: () => Promise<void>) {
    let answered: Error | undefined
    const work = async (): Promise<void> => {
      await refresh()
      await next()
      if (!(context.error instanceof StoreUnavailable)) return
      answered = context.error
      throw answered
    }
    await step(work).catch((error: unknown) => {
      if (error !== answered) throw error
    })
  }
}
