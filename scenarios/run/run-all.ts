import { whenAborted } from '#server/timers'
import { type Asked, nameOf, notRun, type ScenarioResult } from './scenario-result.ts'
import { type Setting, whyNot } from './why-not.ts'

export interface RunAllOptions extends Setting {
  /** How many are told at a time. */
  readonly concurrency: number
  /** Nothing more is told once one does not hold. */
  readonly bail?: boolean
  /** Ends the run: nothing more comes. */
  readonly stop: AbortSignal
  readonly tell: (asked: Asked) => Promise<ScenarioResult>
}

/** Tells scenarios several at a time, and what came of each as soon as it is over. Those that are not told come with the reason. */
export async function* runAll(asked: readonly Asked[], options: RunAllOptions): AsyncGenerator<ScenarioResult> {
  const { concurrency, bail = false, stop, tell } = options
  const waiting = asked.filter(({ scenario }) => whyNot(scenario, options) === undefined)
  for (const each of asked) {
    const reason = whyNot(each.scenario, options)
    if (reason !== undefined) yield notRun(each, reason)
  }
  const stopped = whenAborted(stop)
  const underWay = new Map<Asked, Promise<readonly [Asked, ScenarioResult]>>()
  let fallen: ScenarioResult | undefined
  for (;;) {
    while (fallen === undefined && underWay.size < concurrency) {
      const next = waiting.shift()
      if (next === undefined) break
      underWay.set(
        next,
        tell(next).then((result) => [next, result] as const),
      )
    }
    if (underWay.size === 0) break
    const told = await Promise.race([stopped, ...underWay.values()])
    if (told === undefined) return
    const [which, result] = told
    underWay.delete(which)
    if (bail && result.outcome === 'differs') fallen ??= result
    yield result
  }
  for (const each of waiting) yield notRun(each, `--bail, since ${fallen && nameOf(fallen)} did not hold`)
}
