import type { Contender } from './measure.ts'
import { type BenchNode, realmName } from './node.ts'

/** An invalidate as a client sees it: from a request in hand to its answer in hand. */
export function invalidateByRest(name: string, node: BenchNode): Contender {
  const requests = madeAhead(async () =>
    node.requestTo('invalidate', { realm: realmName, query_string: await node.openSession() }),
  )
  let answer: Response | undefined
  return {
    name,
    run: async () => {
      answer = await accepted(node.fetch(requests.take()))
    },
    prepare: async (runs) => {
      // To read an answer is its client's work, which is not measured; those of a batch all say the same.
      if (answer !== undefined) expectField(await answer.json(), 'invalidated', 1)
      answer = undefined
      await requests.make(runs)
    },
  }
}

/** An invalidate without its REST layer, which a library has not either: from the query of a LogoutRequest to the redirect that answers it. */
export function invalidateByRealm(name: string, { openSession, realm, tokens }: BenchNode): Contender {
  const queries = madeAhead(openSession)
  return {
    name,
    run: async () => {
      const accepted = realm.acceptLogoutRequest(queries.take())
      const pairs = await tokens.invalidateMatching(accepted.tokenMetadata ?? {})
      if (pairs !== 1) throw new Error(`${pairs} pairs were ended, expected 1`)
      await realm.answerLogoutRequest(accepted)
    },
    prepare: queries.make,
  }
}

export function authenticateByRest(name: string, node: BenchNode, response: string): Contender {
  return {
    name,
    run: async () => {
      await accepted(node.fetch(node.requestTo('authenticate', { realm: realmName, ids: [], content: response })))
    },
  }
}

/** What a run uses up, made before it is measured. */
export function madeAhead<T>(makeOne: () => Promise<T>): { make(count: number): Promise<void>; take(): T } {
  const made: T[] = []
  return {
    make: async (count) => {
      while (made.length < count) made.push(await makeOne())
    },
    take: () => {
      const [one] = made.splice(-1)
      if (one === undefined) throw new Error('more runs than were prepared')
      return one
    },
  }
}

/** A benchmark of refusals would look splendid. */
async function accepted(answering: Promise<Response>): Promise<Response> {
  const answer = await answering
  if (answer.status === 200) return answer
  throw new Error(`refused with ${answer.status}: ${await answer.text()}`)
}

function expectField(answer: unknown, field: string, expected: unknown): void {
  const found = (answer as Record<string, unknown>)[field]
  if (found === expected) return
  throw new Error(`${field} is ${JSON.stringify(found)}, expected ${expected}: ${JSON.stringify(answer)}`)
}
