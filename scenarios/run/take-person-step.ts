import type { PersonStep } from '../scenario/steps.ts'
import { newestLike } from './newest-entry.ts'
import type { Stage } from './stage.ts'

type OpenStep = Extract<PersonStep, { kind: 'open' }>

/**
 * Takes one step of a person; answers what a step that looks at something saw otherwise, one sentence each.
 * @throws Error in one sentence when the step cannot be taken
 */
export function takePersonStep(step: PersonStep, stage: Stage): Promise<readonly string[]> {
  return stage.attributing(step.browser, () => take(step, stage))
}

async function take(step: PersonStep, stage: Stage): Promise<readonly string[]> {
  switch (step.kind) {
    case 'see':
      return unlessItSays(step, stage)
    case 'look':
      return unlessAnswered(step, stage)
    case 'see-cookies':
      return unlessCookies(step, stage)
    case 'set-aside-cookies':
    case 'copy-cookies':
    case 'bring-back-cookies':
      await moveCookies(step, stage)
      return []
    default:
      await moveOn(step, stage)
      return []
  }
}

type Moving = Exclude<PersonStep, { kind: 'see' | 'look' | `${string}-cookies` }>

async function moveOn(step: Moving, stage: Stage): Promise<void> {
  const tab = await stage.tab(step)
  switch (step.kind) {
    case 'open':
      return tab.open(placeOf(step, stage))
    case 'open-path':
      return tab.open(`${stage.addressOf(step.at)}${step.path}`)
    case 'open-again':
      return tab.open(await addressOfMessage(step, stage))
    case 'press':
      return tab.press(step.control, step.fields)
    case 'press-twice':
      return tab.pressTwice(step.control)
    case 'back':
      return tab.back()
    case 'reload':
      return tab.reload()
    case 'close-tab':
      return tab.close()
  }
}

function placeOf({ place, at }: OpenStep, stage: Stage): string {
  switch (place) {
    case 'application':
      return `${stage.addressOf(at)}/`
    case 'portal':
      return `${stage.addressOf('idp')}/`
    case 'logout':
      return `${stage.addressOf(at)}/logout`
  }
}

async function addressOfMessage(
  { message }: Extract<PersonStep, { kind: 'open-again' }>,
  stage: Stage,
): Promise<string> {
  const { wire } = await newestLike(message, stage)
  if (wire?.method === 'GET') return wire.url
  throw new Error(`the message ${JSON.stringify(message)} was not sent in an address, and cannot be opened again`)
}

async function unlessItSays(step: Extract<PersonStep, { kind: 'see' }>, stage: Stage): Promise<readonly string[]> {
  const { url, text } = await (await stage.tab(step)).see()
  return text.includes(step.says) ? [] : [`the page, ${url}, does not say [${step.says}] but [${text}]`]
}

async function unlessAnswered(step: Extract<PersonStep, { kind: 'look' }>, stage: Stage): Promise<readonly string[]> {
  const url = `${stage.addressOf(step.at)}${step.path}`
  const { status } = await (await stage.browser(step.browser)).peek(url)
  return status === step.status ? [] : [`${url} answers ${status}, expected ${step.status}`]
}

async function unlessCookies(
  step: Extract<PersonStep, { kind: 'see-cookies' }>,
  stage: Stage,
): Promise<readonly string[]> {
  const url = stage.addressOf(step.of)
  const are = (await (await stage.browser(step.browser)).hasCookies(url)) ? 'there' : 'gone'
  return are === step.are ? [] : [`the cookies of ${url} are ${are}, expected ${step.are}`]
}

type CookieStep = Exclude<Extract<PersonStep, { kind: `${string}-cookies` }>, { kind: 'see-cookies' }>

async function moveCookies(step: CookieStep, stage: Stage): Promise<void> {
  const browser = await stage.browser(step.browser)
  if (step.kind === 'bring-back-cookies') return browser.bringBackCookies()
  const url = stage.addressOf(step.of)
  return step.kind === 'copy-cookies' ? browser.copyCookies(url) : browser.setAsideCookies(url)
}
