import { onTestFinished } from 'vitest'
import { startRedisServer } from '#server/store/redis/redis-server.test-support'
import { startLabBy } from '../../../harness/lab.ts'
import { startReplicatedRoles } from '../../../harness/replicas/replicated-roles.test-support.ts'
import { httpBrowsers } from '../../drivers/http-browser.ts'
import { runAll } from '../../run/run-all.ts'
import { tell } from '../../run/tell.ts'
import type { Scenario } from '../../scenario/scenario.ts'

interface Told {
  /** Ids. */
  readonly held: readonly string[]
  /** Those that differ, with what was otherwise. */
  readonly others: readonly unknown[]
}

/** Tells each in a world of its own that three replicas serve, each world in a database of one engine. */
export async function tellAtReplicas(scenarios: readonly Scenario[], { lastIsApart = false } = {}): Promise<Told> {
  const engine = await startRedisServer({ words: ['--databases', `${scenarios.length}`] })
  onTestFinished(() => engine.stop())
  let worlds = 0
  const running = runAll(
    scenarios.map((scenario) => ({ scenario, round: 1, rounds: 1 })),
    {
      ...{ driver: 'http', concurrency: 4, stop: new AbortController().signal },
      tell: (asked) =>
        tell(asked, {
          ...{ openBrowser: httpBrowsers, looks: false },
          start: (options) => {
            const store = `${engine.url}/${worlds++}`
            return startLabBy((roles) => startReplicatedRoles(roles, { store, lastIsApart }), options)
          },
        }),
    },
  )
  const held: string[] = []
  const others: unknown[] = []
  for await (const { scenario, outcome, differences, reason } of running) {
    if (outcome === 'held') held.push(scenario.id)
    else if (scenario.onlyIn?.driver !== 'browser') others.push({ id: scenario.id, differences, reason })
  }
  return { held, others }
}
