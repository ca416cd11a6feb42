import {
  createMessageTeller,
  isMessageStep,
  type MessageAnswer,
  type MessageWorld,
  startLab,
} from '../harness/index.ts'
import { writeBundle } from './bundle.ts'
import { createHttpAgent } from './drivers/http-agent.ts'
import type { SeenPage, UserAgent } from './drivers/user-agent.ts'
import { type Scenario, type Step, stepKinds, type Truth } from './scenario.ts'
import { spoilRedirect } from './spoil.ts'
import { probeTruth, type World } from './truth.ts'

type OpenStep = Extract<Step, { kind: 'open' }>

/** What was claimed next to what is proven, and where the two or the expectation part. */
export interface ScenarioReport {
  readonly scenario: Scenario
  readonly driver: UserAgent['kind']
  readonly claimed: SeenPage
  /** Undefined where the scenario expects nothing of it. */
  readonly proven: Truth | undefined
  /** What a realm made of each message that a step gave it. */
  readonly answers: readonly MessageAnswer[]
  /** One sentence for each difference from what the scenario expects; none when it holds. */
  readonly differences: readonly string[]
  /** The file to which a scenario that does not hold was written, where somebody named a folder for it. */
  readonly bundle?: string
}

export interface RunScenarioOptions {
  /** A folder, for a file with all that is needed to look at a scenario that does not hold, and to repeat it. */
  readonly bundle?: string
}

/**
 * Tells a scenario with a fresh agent, and then does not believe the last page but probes. A world tells one story at a time: tokens
 * that somebody else is given meanwhile would be taken for this story's. Without a world the one that it is told in is started for it, and ended.
 * @throws TypeError when it is no scenario, or the world is not the one that it is about.
 */
export async function runScenario(
  scenario: Scenario,
  world?: World,
  agent: UserAgent = createHttpAgent(),
  { bundle }: RunScenarioOptions = {},
): Promise<ScenarioReport> {
  checkSteps(scenario)
  if (world === undefined) {
    const lab = await startLab(scenario.given)
    return runScenario(scenario, lab, agent, bundle === undefined ? {} : { bundle }).finally(() => lab.close())
  }
  checkWorld(scenario, world)
  checkApplications(scenario, world)
  const keep = async () => (bundle === undefined ? undefined : writeBundle(scenario, { world, folder: bundle }))
  const report = await tell(scenario, world, agent).catch(async (error: unknown) => {
    await keep()
    throw error
  })
  const file = report.differences.length === 0 ? undefined : await keep()
  return file === undefined ? report : { ...report, bundle: file }
}

async function tell(scenario: Scenario, world: World, agent: UserAgent): Promise<ScenarioReport> {
  const earlierLogins = world.issuedTokens().length
  const answers = await takeAll(scenario.steps, world, agent)
  const claimed = await agent.see()
  const { expected } = scenario
  const proven = expected.proven && (await probeTruth(world, agent, world.issuedTokens().slice(earlierLogins)))
  const differences = [
    ...claimDifference(scenario, claimed),
    ...answerDifferences(scenario, answers),
    ...(proven === undefined ? [] : truthDifferences(scenario, proven)),
  ]
  return { scenario, driver: agent.kind, claimed, proven, answers, differences }
}

async function takeAll(steps: readonly Step[], world: World, agent: UserAgent): Promise<readonly MessageAnswer[]> {
  const answers: MessageAnswer[] = []
  const teller = steps.some(isMessageStep) ? createMessageTeller(withOperations(world)) : undefined
  for (const step of steps) {
    if (!isMessageStep(step)) await take(step, world, agent)
    else if (teller !== undefined) answers.push(await teller.take(step))
  }
  return answers
}

/** @throws TypeError */
function withOperations(world: World): MessageWorld & World {
  const { idp, es, faults, clocks, journal, world: describe } = world
  if (idp && es && faults && clocks && journal && describe)
    return { ...world, idp, es, faults, clocks, journal, world: describe }
  throw new TypeError('a scenario of messages is told in a lab: the world that was given has no operations')
}

/** Who reads one from a file may have misspelt it. */
function checkSteps({ id, steps }: Scenario): void {
  const stray = steps.find(({ kind }) => !stepKinds.has(kind))
  if (stray === undefined) return
  throw new TypeError(`${id} has a step of the kind [${stray.kind}], there is ${[...stepKinds].join(', ')}`)
}

function checkWorld({ id, given }: Scenario, { appProfile, appSelector }: World): void {
  const [{ profile = 'kibana', selector = false } = {}] = given?.applications ?? []
  if (appProfile !== profile) {
    throw new TypeError(`${id} is about an application with the profile ${profile}, this one has ${appProfile}`)
  }
  if (appSelector === selector) return
  throw new TypeError(`${id} is about an application ${selector ? 'with' : 'without'} a login selector`)
}

function checkApplications({ id, given }: Scenario, { applicationUrls }: World): void {
  const missing = given?.applications?.find(({ name }) => !Object.hasOwn(applicationUrls, name))
  if (missing === undefined) return
  const there = Object.keys(applicationUrls).join(', ')
  throw new TypeError(`${id} is about an application [${missing.name}], this world has ${there}`)
}

/** Takes one step of a person. @throws TypeError for a step of messages, which only a whole scenario has */
export async function take(step: Step, world: World, agent: UserAgent): Promise<void> {
  switch (step.kind) {
    case 'open':
      return agent.open(addressOf(step, world))
    case 'press':
      return agent.press(step.control)
    case 'press-and-spoil':
      return agent.open(spoilRedirect(await agent.catchRedirect(step.control), step.spoiling))
    case 'set-aside-cookies':
      return agent.setAsideCookies(step.of === 'application' ? world.appUrl : world.idpUrl)
    case 'bring-back-cookies':
      return agent.bringBackCookies()
    default:
      throw new TypeError(`a step of the kind [${step.kind}] is taken by runScenario alone`)
  }
}

function addressOf({ place, application }: OpenStep, { appUrl, applicationUrls, idpUrl }: World): string {
  const url = application === undefined ? appUrl : applicationUrls[application]
  switch (place) {
    case 'application':
      return `${url}/`
    case 'portal':
      return `${idpUrl}/`
    case 'logout':
      return `${url}/logout`
  }
}

function claimDifference({ expected: { claim } }: Scenario, { text, url }: SeenPage): string[] {
  if (claim === undefined || text.includes(claim)) return []
  return [`the last page, ${url}, does not say [${claim}] but [${text}]`]
}

function truthDifferences({ expected }: Scenario, proven: Truth): string[] {
  const wanted = expected.proven === undefined ? {} : factsOf(expected.proven)
  return Object.entries(factsOf(proven))
    .filter(([fact, is]) => is !== wanted[fact])
    .map(([fact, is]) => `${fact} is ${is}, expected ${wanted[fact]}`)
}

function answerDifferences({ expected }: Scenario, answers: readonly MessageAnswer[]): string[] {
  const wanted = expected.answers ?? answers
  const count = Math.max(wanted.length, answers.length)
  return Array.from({ length: count }, (_, index) => [wanted[index], answers[index]] as const).flatMap(
    ([one, other], index) => {
      const [should, is] = [inWords(one), inWords(other)]
      return should === is ? [] : [`message ${index + 1} is ${is}, expected ${should}`]
    },
  )
}

function inWords(answer: MessageAnswer | undefined): string {
  if (answer === undefined) return 'none'
  const { what, refusal, invalidated } = answer
  if (refusal !== null) return `a ${what} that is refused with ${refusal}`
  return `a ${what} that is accepted${invalidated === undefined ? '' : ` and ends ${invalidated} pairs of tokens`}`
}

/** Every fact by its name; one of a further application begins with the application's. */
function factsOf({ others = {}, ...first }: Truth): Readonly<Record<string, string>> {
  const ofOthers = Object.entries(others).flatMap(([name, truth]) =>
    Object.entries(truth).map(([fact, is]) => [`${name}: ${fact}`, is]),
  )
  return { ...first, ...Object.fromEntries(ofOthers) }
}
