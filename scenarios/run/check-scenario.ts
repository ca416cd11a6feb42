import type { Lab } from '../../harness/index.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { stepKinds } from '../scenario/steps.ts'

/** Who reads one from a file may have misspelt it. @throws TypeError that names the story and the step */
export function checkSteps({ id, steps }: Scenario): void {
  const stray = steps.find(({ kind }) => !stepKinds.includes(kind))
  if (stray === undefined) return
  throw new TypeError(`${id} has a step of the kind [${stray.kind}], there is ${stepKinds.join(', ')}`)
}

/** Whether a world that runs is one that the story can be told in. @throws TypeError where it is not */
export function checkWorld({ id, given }: Scenario, { appProfile, appSelector, applicationUrls }: Lab): void {
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
