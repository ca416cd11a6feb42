import type { MessageAnswer } from '../../harness/index.ts'
import type { SeenPage } from '../drivers/user-agent.ts'
import { type BrowserTruth, type Expected, neverSignedIn, type Truth } from '../scenario/expected.ts'
import { factsOf } from './facts.ts'

/** What the last page does not say. */
export function claimDifferences({ claim = [] }: Expected, { text, url }: SeenPage): string[] {
  const sentences = typeof claim === 'string' ? [claim] : claim
  const missing = sentences.filter((sentence) => !text.includes(sentence))
  return missing.map((sentence) => `the last page, ${url}, does not say [${sentence}] but [${text}]`)
}

/** What is really so otherwise than it should be, a fact each. */
export function truthDifferences({ proven: wanted }: Expected, proven: Truth | undefined): string[] {
  if (wanted === undefined || proven === undefined) return []
  const [should, is] = [factsOf(wanted), factsOf(proven)]
  return [...new Set([...Object.keys(is), ...Object.keys(should)])].flatMap((fact) => {
    const expected = should[fact] ?? whereNobodySignedIn(fact)
    const actual = is[fact] ?? 'looked for in vain'
    return actual === expected ? [] : [`${fact} is ${actual}, expected ${expected}`]
  })
}

const nothing: BrowserTruth = { ...neverSignedIn, idpSession: 'dead' }

const whereNobodySignedIn = (fact: string): string | undefined =>
  (nothing as unknown as Record<string, string>)[fact.slice(fact.lastIndexOf(' ') + 1)]

/** What a realm made of a message otherwise than it should. */
export function answerDifferences({ answers: wanted }: Expected, answers: readonly MessageAnswer[]): string[] {
  if (wanted === undefined) return []
  return pairwise(wanted, answers).flatMap(([should, is], index) => {
    const [expected, actual] = [inWords(should), inWords(is)]
    return expected === actual ? [] : [`message ${index + 1} is ${actual}, expected ${expected}`]
  })
}

function inWords(answer: MessageAnswer | undefined): string {
  if (answer === undefined) return 'none'
  const { what, refusal, invalidated } = answer
  if (refusal !== null) return `a ${what} that is refused with ${refusal}`
  return `a ${what} that is accepted${invalidated === undefined ? '' : ` and ends ${invalidated} pairs of tokens`}`
}

/** Both lists side by side, as long as the longer one. */
export const pairwise = <A, B>(some: readonly A[], others: readonly B[]): (readonly [A | undefined, B | undefined])[] =>
  Array.from({ length: Math.max(some.length, others.length) }, (_, index) => [some[index], others[index]] as const)
