import { pathOf } from '#server/path-of'
import type { Fetch } from '#server/serve'

export const readyPath = '/_sloop/ready'
const headers = { 'X-Content-Type-Options': 'nosniff' }

/** That it is not, and why. */
export const notReady = (missing: string): Response =>
  Response.json({ ready: false, missing }, { status: 503, headers })

/** Whether a role is ready, which it tells at `/_sloop/ready`: with 200 once nothing is missing, before with 503 and what it is. */
export interface Readiness {
  /** Answers that path, also below the base path of a proxy; everything else goes to the role. */
  serve(fetch: Fetch): Fetch
  /** Tries to get what is missing. Why it failed last is what is told from then on. */
  attempt<T>(work: () => Promise<T>): Promise<T>
  declareReady(): void
  /** What it waits for, in a sentence; undefined once it is ready. */
  missing(): string | undefined
}

/** The readiness of a role that waits for something, told in a sentence until an attempt, of ours or of others, knows more. */
export function createReadiness(waitsFor: string, lastFailure: () => string | undefined = () => undefined): Readiness {
  let missing: string | undefined = waitsFor
  const tell = () => missing && (lastFailure() ?? missing)
  return {
    serve: (fetch) => (request, env) => {
      if (!pathOf(request).endsWith(readyPath)) return fetch(request, env)
      const says = tell()
      return says === undefined ? Response.json({ ready: true }, { headers }) : notReady(says)
    },
    attempt: async (work) => {
      try {
        return await work()
      } catch (error) {
        missing = (error as Error).message
        throw error
      }
    },
    declareReady: () => {
      missing = undefined
    },
    missing: tell,
  }
}
