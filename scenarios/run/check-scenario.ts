import type { Lab } from '../../harness/index.ts'
import { dottedPath, findMistake } from '../scenario/find-mistake.ts'
import type { Scenario } from '../scenario/scenario.ts'

/** Who reads one from a file may have misspelt it. @throws TypeError that names the story, where in it, and the nearest word */
export function checkScenario(scenario: Scenario): void {
  const mistake = findMistake(scenario, [])
  if (mistake === undefined) return
  const where = [scenario?.id, dottedPath(mistake.path)].filter((each) => each !== undefined && each !== '')
  throw new TypeError([...where, mistake.sentence].join(': '))
}

/** Whether a world that runs is one that the story can be told in. @throws TypeError where it is not */
export function checkWorld(
  { id, given }: Scenario,
  { appProfile, appSelector, applicationUrls }: Pick<Lab, 'appProfile' | 'appSelector' | 'applicationUrls'>,
): void {
  const [{ profile = 'kibana', selector = false } = {}] = given?.applications ?? []
  if (appProfile !== profile) {
    throw new TypeError(`${id} is about an application with the profile ${profile}, this one has ${appProfile}`)
  }
  if (appSelector !== selector) {
    throw new TypeError(`${id} is about an application ${selector ? 'with' : 'without'} a login selector`)
  }
  const missing = given?.applications?.find(({ name }) => !Object.hasOwn(applicationUrls, name))
  if (missing === undefined) return
  const there = Object.keys(applicationUrls).join(', ')
  throw new TypeError(`${id} is about an application [${missing.name}], this world has ${there}`)
}
