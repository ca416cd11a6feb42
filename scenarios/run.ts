import type { SeenPage, UserAgent } from './drivers/user-agent.ts'
import type { Scenario, Step, Truth } from './scenario.ts'
import { spoilRedirect } from './spoil.ts'
import { probeTruth, type World } from './truth.ts'

type OpenStep = Extract<Step, { kind: 'open' }>

/** What was claimed next to what is proven, and where the two or the expectation part. */
export interface ScenarioReport {
  readonly scenario: Scenario
  readonly driver: UserAgent['kind']
  readonly claimed: SeenPage
  readonly proven: Truth
  /** One sentence for each difference from what the scenario expects; none when it holds. */
  readonly differences: readonly string[]
}

/**
 * Tells a scenario with a fresh agent, and then does not believe the last page but probes. A world tells one story at a time: tokens
 * that somebody else is given meanwhile would be taken for this story's.
 * @throws TypeError when the world is not the one that the scenario is about.
 */
export async function runScenario(scenario: Scenario, world: World, agent: UserAgent): Promise<ScenarioReport> {
  checkWorld(scenario, world)
  checkApplications(scenario, world)
  const earlierLogins = world.issuedTokens().length
  for (const step of scenario.steps) await take(step, world, agent)
  const claimed = await agent.see()
  const proven = await probeTruth(world, agent, world.issuedTokens().slice(earlierLogins))
  const differences = [...claimDifference(scenario, claimed), ...truthDifferences(scenario, proven)]
  return { scenario, driver: agent.kind, claimed, proven, differences }
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

/** Takes one step. */
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

function claimDifference({ expected }: Scenario, { text, url }: SeenPage): string[] {
  if (text.includes(expected.claim)) return []
  return [`the last page, ${url}, does not say [${expected.claim}] but [${text}]`]
}

function truthDifferences({ expected }: Scenario, proven: Truth): string[] {
  const wanted = factsOf(expected.proven)
  return Object.entries(factsOf(proven))
    .filter(([fact, is]) => is !== wanted[fact])
    .map(([fact, is]) => `${fact} is ${is}, expected ${wanted[fact]}`)
}

/** Every fact by its name; one of a further application begins with the application's. */
function factsOf({ others = {}, ...first }: Truth): Readonly<Record<string, string>> {
  const ofOthers = Object.entries(others).flatMap(([name, truth]) =>
    Object.entries(truth).map(([fact, is]) => [`${name}: ${fact}`, is]),
  )
  return { ...first, ...Object.fromEntries(ofOthers) }
}
