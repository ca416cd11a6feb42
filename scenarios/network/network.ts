import { ConfigError } from '#server/config'
import type { InFront, World } from '../../harness/index.ts'
import { checkConditions } from './check-conditions.ts'
import type { NetworkCondition } from './condition.ts'
import { carries, isForPath } from './matching.ts'
import { partiesOf } from './parties-of.ts'
import { planFor } from './plan.ts'
import { type Decider, startProxy } from './proxy.ts'

/** The network of one world. */
export interface Network {
  /** Of `startLab`: stands in front of every party that a condition is about, and of no other. */
  readonly inFront: InFront
  /** How often each condition has acted so far, in their order: it counts when it decides what becomes of a request, and not where it had nothing to do. */
  fired(): readonly number[]
}

/**
 * A network with these conditions for a world: `startLab({ ...world, inFront: network.inFront })`. It closes with the sockets of the world.
 * @throws TypeError naming the dotted path of the first mistake in a condition, with the nearest word where one is unknown
 * @throws ConfigError where the world cannot be
 */
export async function startNetwork(conditions: readonly NetworkCondition[], world: World = {}): Promise<Network> {
  checkConditions(conditions, await partiesOf(world))
  const counts = conditions.map(() => 0)
  const inFront: InFront = async ({ name, host, port, tls }) => {
    const own = conditions.flatMap((condition, index) => (condition.to === name ? [{ condition, index }] : []))
    if (own.length === 0) return undefined
    if (tls !== undefined) {
      throw new ConfigError(`network[${own[0]?.index}]: what stands in front of [${name}] speaks plain HTTP, not TLS`)
    }
    return startProxy({ host, port }, deciderOf(own, counts))
  }
  return { inFront, fired: () => [...counts] }
}

interface Numbered {
  readonly condition: NetworkCondition
  readonly index: number
}

function deciderOf(own: readonly Numbered[], counts: number[]): Decider {
  const isLeft = ({ condition: { times = 'always' }, index }: Numbered) =>
    times === 'always' || (counts[index] ?? 0) < times
  const isMeant = (target: string) => (numbered: Numbered) =>
    isLeft(numbered) && isForPath(numbered.condition.path, target)
  return {
    mayAct: ({ target }) => own.some(isMeant(target)),
    plan: (head, body) => {
      const meant = own
        .filter(isMeant(head.target))
        .filter(({ condition: { carrying } }) => carrying === undefined || carries(carrying, head, body))
      const { plan, acted } = planFor(
        head,
        meant.map(({ condition }) => condition),
      )
      for (const at of acted) {
        const index = meant[at]?.index ?? 0
        counts[index] = (counts[index] ?? 0) + 1
      }
      return plan
    },
  }
}
