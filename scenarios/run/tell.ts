import type { OpenBrowser, UserAgent } from '../drivers/user-agent.ts'
import { type RunScenarioOptions, runScenario } from './run-scenario.ts'
import { type Asked, brokenOff, nothingSeen, type Picture, type ScenarioResult, type Sight } from './scenario-result.ts'
import type { Stage } from './stage.ts'

export interface TellOptions {
  readonly openBrowser: OpenBrowser
  readonly start?: RunScenarioOptions['start']
  readonly keysFolder?: string | undefined
  readonly esVersion?: string | undefined
  /** Whether a report shows what there was to be seen; looking takes a tenth of the time. It does unless said. */
  readonly looks?: boolean
}

/** Tells a scenario in a world of its own. It never rejects: what cannot be told differs, with the sentence that says why. */
export async function tell(asked: Asked, options: TellOptions): Promise<ScenarioResult> {
  const { openBrowser, start, keysFolder, esVersion, looks = true } = options
  const begun = performance.now()
  let sight = nothingSeen
  const told = await runScenario(asked.scenario, {
    openBrowser,
    ...(start !== undefined && { start }),
    ...(keysFolder !== undefined && { keysFolder }),
    ...(esVersion !== undefined && { esVersion }),
    ...(looks && {
      atEnd: async (stage) => {
        sight = await look(stage)
      },
    }),
  }).then(
    (report): ScenarioResult => ({
      ...{ ...asked, reason: null, sight, ms: 0 },
      outcome: report.differences.length === 0 ? 'held' : 'differs',
      claimed: report.claimed,
      proven: report.proven ?? null,
      differences: report.differences,
      lies: report.lies,
      ledgers: report.ledgers,
      bundle: null,
    }),
    (error: unknown) => ({ ...brokenOff(asked, sentenceOf(error)), sight }),
  )
  return { ...told, ms: Math.round(performance.now() - begun) }
}

const sentenceOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

async function look({ lab, browsers }: Stage): Promise<Sight> {
  const bundle = await lab.bundle()
  const { parties, realms } = await lab.world()
  const pictures = await Promise.all([...browsers].map(takePicture))
  return { bundle, world: { parties, realms }, pictures: pictures.flat() }
}

/** A page that is gone has none, which is no reason for a scenario not to hold. */
async function takePicture([browser, agent]: [string, UserAgent]): Promise<Picture[]> {
  const png = await agent.screenshot().catch(() => undefined)
  return png === undefined ? [] : [{ browser, png }]
}
