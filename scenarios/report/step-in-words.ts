import type { WireMatch } from '../scenario/expected.ts'
import {
  type Fields,
  isOperatorStep,
  isPersonStep,
  type OperatorStep,
  type PersonStep,
  type Step,
} from '../scenario/steps.ts'

type MessageStep = Exclude<Step, PersonStep | OperatorStep>

/** A step as a sentence that somebody who tests by hand could follow. */
export function stepInWords(step: Step): string {
  if (isPersonStep(step)) return `${personInWords(step)}${whereInWords(step)}`
  return isOperatorStep(step) ? operatorInWords(step) : messageInWords(step)
}

function whereInWords({ browser, tab }: PersonStep): string {
  const inTab = tab === undefined ? '' : `, in the tab “${tab}”`
  return browser === undefined ? inTab : `${inTab}, in the browser “${browser}”`
}

const partyInWords = (at: string | undefined): string => (at === undefined ? 'the application' : `“${at}”`)

function personInWords(step: PersonStep): string {
  switch (step.kind) {
    case 'open':
      return openInWords(step)
    case 'open-path':
      return `open ${step.path} of ${partyInWords(step.at)}`
    case 'open-again':
      return `open the address of the newest ${matchInWords(step.message)} once more`
    case 'press':
      return `press “${step.control}”${filledInWords(step.fields)}`
    case 'press-twice':
      return `press “${step.control}” twice, before the first press has led anywhere`
    case 'back':
      return 'go back to the page before'
    case 'reload':
      return 'reload the page'
    case 'close-tab':
      return 'close the tab'
    case 'see':
      return `see that the page says “${step.says}”`
    case 'look':
      return `see that ${step.path} of ${partyInWords(step.at)} answers ${step.status}`
    case 'see-cookies':
      return `the cookies of ${ownerInWords(step.of)} are ${step.are}`
    case 'set-aside-cookies':
      return `set aside the cookies of ${ownerInWords(step.of)}`
    case 'copy-cookies':
      return `keep a copy of the cookies of ${ownerInWords(step.of)}`
    case 'bring-back-cookies':
      return 'bring back the cookies'
  }
}

const ownerInWords = (of: string): string => (of === 'idp' ? 'the identity provider' : `“${of}”`)

function openInWords({ place, at }: Extract<PersonStep, { kind: 'open' }>): string {
  if (place === 'portal') return 'open the portal of the identity provider'
  return place === 'logout' ? `open the address that logs out of ${partyInWords(at)}` : `open ${partyInWords(at)}`
}

function operatorInWords(step: OperatorStep): string {
  switch (step.kind) {
    case 'arm-fault': {
      const { party, on, to, change } = step.fault
      return `let the next ${on} of ${party}${to === undefined ? '' : ` to “${to}”`} go wrong: ${pairsInWords(change)}`
    }
    case 'set-clock':
      return `set the clock of ${step.party}: ${pairsInWords(step.to)}`
    case 'change-behaviour':
      return `let the identity provider behave otherwise: ${pairsInWords(step.to)}`
    case 'change-partner':
      return `let the partner “${step.name}” be ${step.temper}`
    case 'rotate-key':
      return `give the identity provider a new key (${step.publish})`
    case 'end-idp-session':
      return `let the identity provider forget the sessions of ${step.user}, and tell nobody`
    case 'forget-service-provider':
      return `let the identity provider forget “${step.name}”`
    case 'introduce-by-hand':
      return `tell the identity provider by hand of “${step.name}”${step.encrypts ? ', and that it decrypts' : ''}${step.by === undefined ? '' : ', and that it takes logouts by SOAP'}`
    case 'mint':
      return `let the identity provider write ${pairsInWords(step.message)}, out of turn`
    case 'wait-for':
      return `wait for ${matchInWords(step.message)}`
  }
}

function messageInWords(step: MessageStep): string {
  switch (step.kind) {
    case 'sign-in':
      return `${step.user} signs in at ${step.at}${changeInWords(step.change)}`
    case 'sign-out':
      return `${step.user} is signed out at ${step.at} by the ${step.by}${changeInWords(step.change)}`
    case 'replay':
      return `give a captured message to the realm “${step.realm}”, as at ${step.at}`
  }
}

const changeInWords = (change: object | undefined): string =>
  change === undefined ? '' : `, and on purpose: ${pairsInWords(change)}`

const matchInWords = ({ what, ...others }: WireMatch): string =>
  [String(what ?? 'message'), pairsInWords(others)].filter((words) => words !== '').join(' with ')

/** What is wrong on purpose in the words of a world: `signature: tampered`. */
function pairsInWords(value: object = {}): string {
  return Object.entries(value)
    .filter(([, each]) => each !== undefined)
    .map(([key, each]) => `${key}: ${typeof each === 'string' ? each : JSON.stringify(each)}`)
    .join(', ')
}

function filledInWords(fields: Fields = {}): string {
  const filled = Object.entries(fields).map(([name, value]) => `“${value}” as ${name}`)
  return filled.length === 0 ? '' : ` with ${filled.join(' and ')}`
}
