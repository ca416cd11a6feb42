import type { ActName, NetworkAct, NetworkActs, NetworkCondition } from './condition.ts'
import { rewriteQuery } from './rewrite-query.ts'
import { type Head, splitTarget } from './split-target.ts'
import { tellAddress } from './tell-address.ts'

/** How an exchange ends that is not simply answered. */
export type End =
  | { readonly kind: 'dropped' | 'reset'; readonly what: 'request' | 'answer' }
  | { readonly kind: 'answered'; readonly what: 'request'; readonly status: number; readonly because: string }

/** What becomes of one request. */
export interface Plan extends Head {
  readonly delayMs: number
  readonly answerDelayMs: number
  readonly deliveries: 1 | 2
  readonly end?: End
}

/** A plan, and which of the conditions have something to do with it, by their index. */
export interface Planned {
  readonly plan: Plan
  readonly acted: readonly number[]
}

/** Conditions act in their order, each on what the earlier ones made of the request; after one that ends it none does. */
export function planFor(head: Head, conditions: readonly NetworkCondition[]): Planned {
  let plan: Plan = { ...head, delayMs: 0, answerDelayMs: 0, deliveries: 1 }
  const acted: number[] = []
  conditions.forEach(({ does }, index) => {
    if (plan.end !== undefined) return
    const next = act(plan, does)
    if (next !== plan) acted.push(index)
    plan = next
  })
  return { plan, acted }
}

/** What each act makes of a plan: the same one where it has nothing to do. */
type Acting = { readonly [Name in ActName]: (plan: Plan, value: NetworkActs[Name], does: NetworkAct) => Plan }

const acting: Acting = {
  query: (plan, how, { of }) => withQuery(plan, (query) => rewriteQuery(query, how, of)),
  address: (plan, told) => ({ ...plan, ...tellAddress(plan, told) }),
  delayMs: (plan, ms) => ({ ...plan, delayMs: plan.delayMs + ms }),
  answerDelayMs: (plan, ms) => ({ ...plan, answerDelayMs: plan.answerDelayMs + ms }),
  drops: (plan, what) => ({ ...plan, end: { kind: 'dropped', what } }),
  duplicates: (plan) => ({ ...plan, deliveries: 2 }),
  status: (plan, status) => refused(plan, status, 'a condition of the network answers so'),
  resets: (plan, what) => ({ ...plan, end: { kind: 'reset', what } }),
  longestUrl: (plan, longest) => {
    const { length } = plan.target
    if (length <= longest) return plan
    return refused(plan, 414, `the path and query have ${length} octets, a condition of the network allows ${longest}`)
  },
}

export const actNames = Object.keys(acting) as readonly ActName[]

function act(plan: Plan, does: NetworkAct): Plan {
  const name = actNames.find((each) => does[each] !== undefined)
  if (name === undefined) return plan
  const doIt = acting[name] as (plan: Plan, value: unknown, does: NetworkAct) => Plan
  return doIt(plan, does[name], does)
}

const refused = (plan: Plan, status: number, because: string): Plan => ({
  ...plan,
  end: { kind: 'answered', what: 'request', status, because },
})

function withQuery(plan: Plan, rewrite: (query: string) => string): Plan {
  const { path, query } = splitTarget(plan.target)
  const rewritten = query && rewrite(query)
  if (query === undefined || rewritten === query) return plan
  return { ...plan, target: rewritten === '' ? path : `${path}?${rewritten}` }
}
