import type { ConformanceCase } from './case.ts'
import { Drift } from './drift.ts'
import type { Blueprint } from './emulator.ts'
import { makeLab } from './emulator.ts'
import { type Profile, profileOf } from './profile.ts'
import type { Target } from './target.ts'

export type Outcome =
  | { readonly kind: 'pass' }
  | { readonly kind: 'fail'; readonly expected: string; readonly arrived: string }
  | { readonly kind: 'cannot-be-asked'; readonly why: string }

export interface Report {
  readonly number: number
  readonly title: string
  readonly section: string
  /** The version that was asked. */
  readonly version: string
  readonly outcome: Outcome
}

export type RunCase = (each: ConformanceCase) => Promise<Report>

/** A version of each generation, for the cases that are about one. */
const versions: Readonly<Record<Profile['name'], string>> = { legacy: '7.13.4', classic: '9.2.1', recent: '9.3.0' }

/** Asks the emulator, a new one for each case; a case that is about a generation gets a node of that. */
export function againstEmulator(blueprint: Blueprint, version: string): RunCase {
  return async (each) => {
    const asked = each.only === undefined || each.only === profileOf(version).name ? version : versions[each.only]
    const missing = missingIn(each, profileOf(asked))
    if (missing !== undefined) return report(each, asked, missing)
    const lab = makeLab(blueprint, asked)
    return report(each, asked, await attempt(() => each.run(lab)))
  }
}

/** Asks a real node what it can be asked. */
export function againstNode(target: Target, version: string): RunCase {
  return async (each) => {
    if (each.asks !== 'wire') return report(each, version, cannot(reasons[each.asks]))
    const missing = missingIn(each, target.profile)
    if (missing !== undefined) return report(each, version, missing)
    return report(each, version, await attempt(() => each.run(target)))
  }
}

const reasons = {
  clock: 'it needs a clock that can be moved',
  internals: 'it looks inside, or at a node before its first token',
} as const

function cannot(why: string): Outcome {
  return { kind: 'cannot-be-asked', why }
}

function missingIn({ only, needs }: ConformanceCase, profile: Profile): Outcome | undefined {
  if (only !== undefined && only !== profile.name) return cannot(`it is about the ${only} generation`)
  if (needs !== undefined && !profile[needs]) return cannot('this version does not have the call')
  return undefined
}

function report({ number, title, section }: ConformanceCase, version: string, outcome: Outcome): Report {
  return { number, title, section, version, outcome }
}

async function attempt(run: () => Promise<void>): Promise<Outcome> {
  try {
    await run()
    return { kind: 'pass' }
  } catch (error) {
    if (error instanceof Drift) return { kind: 'fail', expected: error.expected, arrived: error.arrived }
    const { message, cause } = error as Error
    const arrived = cause instanceof Error ? `${message}: ${cause.message}` : message
    return { kind: 'fail', expected: 'an answer', arrived }
  }
}
