import { inspect } from 'node:util'
import { hintFor, nearest } from '#server/config'
import { type Accepted, inAct, inAddress, inCondition, object, takenBy } from './accepted-values.ts'
import type { NetworkCondition } from './condition.ts'
import { actNames } from './plan.ts'

/** @throws TypeError naming the dotted path of the first mistake, with the nearest word where one is unknown */
export function checkConditions(conditions: readonly NetworkCondition[], parties: readonly string[]): void {
  if (!Array.isArray(conditions))
    throw mistake('network', `expected a list of conditions, found [${inspect(conditions)}]`)
  for (const [index, condition] of conditions.entries()) checkCondition(condition, `network[${index}]`, parties)
}

function checkCondition(given: unknown, at: string, parties: readonly string[]): void {
  check(given, at, object)
  const condition = given as NetworkCondition
  checkKeys(condition, at, inCondition)
  for (const key of ['to', 'does'] as const) check(condition[key], `${at}.${key}`, inCondition[key])
  if (!parties.includes(condition.to)) {
    throw mistake(`${at}.to`, `there is no party [${condition.to}], ${hintFor(condition.to, parties)}`)
  }
  checkAct(condition.does, `${at}.does`)
}

function checkAct(does: NetworkCondition['does'], at: string): void {
  checkKeys(does, at, inAct)
  const [name, other] = actNames.filter((act) => does[act] !== undefined)
  if (name === undefined) throw mistake(at, `expected one of ${actNames.join(', ')}, found none`)
  if (other !== undefined)
    throw mistake(at, `expected one act, found ${name} and ${other}; each has a condition of its own`)
  const rewriting: string | undefined = does.query
  if (does.of !== undefined && (rewriting === undefined || rewriting === 'reordered')) {
    throw mistake(`${at}.of`, `only a query whose values are rewritten has it, found it beside ${rewriting ?? name}`)
  }
  if (does.address === undefined) return
  checkKeys(does.address, `${at}.address`, inAddress)
  if (Object.keys(does.address).length === 0)
    throw mistake(`${at}.address`, `expected ${takenBy.address.expected}, found none of them`)
}

/** Keys without a value count as absent. */
function checkKeys(given: object, at: string, known: Readonly<Record<string, Accepted>>): void {
  for (const [key, value] of Object.entries(given)) {
    const accepted = Object.hasOwn(known, key) ? known[key] : undefined
    if (accepted === undefined) throw mistake(`${at}.${key}`, `unknown key, ${hintFor(key, Object.keys(known))}`)
    if (value !== undefined) check(value, `${at}.${key}`, accepted)
  }
}

function check(value: unknown, at: string, { expected, words = [], accepts }: Accepted): void {
  if (accepts(value)) return
  const meant = typeof value === 'string' ? nearest(value, words) : undefined
  const found = value === undefined ? 'nothing' : `[${inspect(value, { breakLength: Number.POSITIVE_INFINITY })}]`
  throw mistake(at, `expected ${expected}, found ${found}${meant === undefined ? '' : `, did you mean ${meant}?`}`)
}

const mistake = (at: string, sentence: string): TypeError => new TypeError(`${at}: ${sentence}`)
