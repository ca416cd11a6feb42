import {
  createMessageTeller,
  isMessageStep,
  type Lab,
  type LabOptions,
  type Ledger,
  type MessageAnswer,
  type RunOptions,
  startLab,
} from '../../harness/index.ts'
import { httpBrowsers } from '../drivers/http-browser.ts'
import type { OpenBrowser, SeenPage, UserAgent } from '../drivers/user-agent.ts'
import { type Network, startNetwork } from '../network/network.ts'
import type { Expected, Truth } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { isOperatorStep } from '../scenario/steps.ts'
import { checkScenario, checkWorld } from './check-scenario.ts'
import { answerDifferences, claimDifferences, truthDifferences } from './compare.ts'
import { claimsDifferences, lieDifferences } from './compare-claims.ts'
import { callDifferences, entryDifferences } from './compare-journal.ts'
import { probeTruth } from './probe-truth.ts'
import { isOfRecentVersion } from './recent-version.ts'
import { createStage, type Stage } from './stage.ts'
import { takeOperatorStep } from './take-operator-step.ts'
import { takePersonStep } from './take-person-step.ts'
import { unfiredFaults, unmetConditions } from './unfired-faults.ts'
import { writeBundle } from './write-bundle.ts'

/** What was claimed next to what is proven, and where the two or the expectation part. */
export interface ScenarioReport {
  readonly scenario: Scenario
  readonly driver: UserAgent['kind']
  /** The last page of the first browser. */
  readonly claimed: SeenPage
  /** Undefined where the scenario expects nothing of it. */
  readonly proven: Truth | undefined
  /** What each participant of each logout claims, and what is so. */
  readonly ledgers: readonly Ledger[]
  /** What a realm made of each message that a step gave it. */
  readonly answers: readonly MessageAnswer[]
  /** One sentence for each difference from what the scenario expects; none when it holds. */
  readonly differences: readonly string[]
  /** Those of them that are about a claim that is not so. */
  readonly lies: readonly string[]
  /** The file to which a scenario that does not hold was written, where somebody named a folder for it. */
  readonly bundle?: string
}

export interface RunScenarioOptions {
  /** A world that runs already, which tells nothing else meanwhile; else the one that the scenario is told in is started for it, and ended. */
  readonly lab?: Lab
  /** Browsers without a screen unless given. */
  readonly openBrowser?: OpenBrowser
  /** A folder, for a file with all that is needed to look at a scenario that does not hold, and to repeat it. */
  readonly bundle?: string
  /** Where the keys of a world that is started are kept; made for it unless given. */
  readonly keysFolder?: string
  /** What Elasticsearch it is told with, where its world does not say. */
  readonly esVersion?: string
  /** Starts the world that is started for it; `startLab` unless given. */
  readonly start?: (options: LabOptions) => Promise<Lab>
  /** Looks at the end of the story, or at where it could not go on: before anything is probed. */
  readonly atEnd?: (stage: Stage) => Promise<void>
}

/**
 * Tells a scenario in browsers without cookies, and then does not believe the last page but probes.
 * @throws TypeError when it is no scenario, or the world is not the one that it is about; Error in one sentence when a step cannot be taken
 */
export async function runScenario(scenario: Scenario, options: RunScenarioOptions = {}): Promise<ScenarioReport> {
  checkScenario(scenario)
  const { lab } = options
  if (lab === undefined) return runAlone(scenario, options)
  if (scenario.conditions?.network === undefined) return runIn(lab, { scenario, options })
  throw new TypeError(`${scenario.id} is about a network, which has to be there when its world starts`)
}

async function runAlone(scenario: Scenario, options: RunScenarioOptions): Promise<ScenarioReport> {
  const { given = {}, conditions } = scenario
  const { start = startLab } = options
  const network = conditions?.network && (await startNetwork(conditions.network, given))
  const behind = network === undefined ? {} : { inFront: network.inFront }
  const started = await start({ ...given, ...howToRun(scenario, options), ...behind })
  try {
    return await runIn(started, { scenario, options, network })
  } finally {
    await started.close()
  }
}

function howToRun({ given }: Scenario, { keysFolder, esVersion }: RunScenarioOptions): RunOptions {
  const isVersionOpen = esVersion !== undefined && given?.es?.version === undefined
  return { ...(keysFolder !== undefined && { keysFolder }), ...(isVersionOpen && { esVersion }) }
}

interface Run {
  readonly scenario: Scenario
  readonly options: RunScenarioOptions
  readonly network?: Network | undefined
}

async function runIn(lab: Lab, { scenario, options, network }: Run): Promise<ScenarioReport> {
  checkWorld(scenario, lab)
  const { openBrowser = httpBrowsers, bundle: folder, atEnd } = options
  const stage = createStage(lab, { openBrowser, conditions: scenario.conditions?.browser })
  const keep = async () => (folder === undefined ? undefined : writeBundle(scenario, { lab, folder }))
  try {
    const report = await tell(stage, { scenario, atEnd, network })
    const file = report.differences.length === 0 ? undefined : await keep()
    return file === undefined ? report : { ...report, bundle: file }
  } catch (error) {
    await keep()
    throw error
  } finally {
    await stage.close()
  }
}

interface Telling {
  readonly scenario: Scenario
  readonly atEnd: RunScenarioOptions['atEnd']
  readonly network: Network | undefined
}

async function tell(stage: Stage, { scenario, atEnd, network }: Telling): Promise<ScenarioReport> {
  const { expected } = scenario
  const { lab } = stage
  const { next: after } = await lab.journal.read({ limit: 1 })
  const { answers, seen } = await takeAll(scenario, stage).finally(() => atEnd?.(stage))
  const fired = network?.fired()
  const browser = await stage.browser()
  const claimed = await (await stage.tab({})).see()
  const calls = await callsOtherwise(lab, { expected, after })
  const ledgers = await ledgersOf(lab)
  const proven = expected.proven && (await probeTruth(stage))
  const lies = lieDifferences(expected, ledgers)
  const differences = [
    ...seen,
    ...claimDifferences(expected, claimed),
    ...answerDifferences(expected, answers),
    ...calls,
    ...(await entryDifferences(expected.entries, stage)),
    ...claimsDifferences(expected, ledgers),
    ...truthDifferences(expected, proven),
    ...lies,
    ...(await unfiredFaults(lab)),
    ...unmetConditions(scenario, fired),
  ]
  return { scenario, driver: browser.kind, claimed, proven, ledgers, answers, differences, lies }
}

/** Calls of this story are those that the journal has from there on; what is not expected is not read. */
async function callsOtherwise(
  lab: Lab,
  { expected: { calls }, after }: { readonly expected: Expected; readonly after: number },
): Promise<readonly string[]> {
  if (calls === undefined) return []
  const { entries } = await lab.journal.read({ after, party: 'es', limit: 10_000 })
  return callDifferences(calls, { entries, isRecent: await isOfRecentVersion(lab) })
}

interface Taken {
  readonly answers: readonly MessageAnswer[]
  /** What steps saw otherwise than they should. */
  readonly seen: readonly string[]
}

async function takeAll({ steps }: Scenario, stage: Stage): Promise<Taken> {
  const answers: MessageAnswer[] = []
  const seen: string[] = []
  const teller = createMessageTeller(stage.lab)
  for (const step of steps) {
    if (isMessageStep(step)) answers.push(await teller.take(step))
    else if (isOperatorStep(step)) await takeOperatorStep(step, stage)
    else seen.push(...(await takePersonStep(step, stage)))
  }
  return { answers, seen }
}

async function ledgersOf({ idp, ledger }: Lab): Promise<readonly Ledger[]> {
  const { logouts } = await idp.logouts.list()
  return Promise.all(logouts.map(({ id }) => ledger({ logout: id })))
}
