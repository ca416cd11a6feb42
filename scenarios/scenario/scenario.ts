import type { World } from '../../harness/index.ts'

export type { World }

import type { NetworkCondition } from '../network/condition.ts'
import type { Expected } from './expected.ts'
import type { Step } from './steps.ts'

/** What the browsers of a story are like, where it is not as usual. */
export interface BrowserConditions {
  /** Whether scripts run; they do unless said. */
  readonly scripts?: 'off'
  /** Whether a page gets its cookies within a page of another site; it does unless said. */
  readonly thirdPartyCookies?: 'blocked'
}

/** One story of signing in and out, as data: both drivers tell it, and its end is probed. */
export interface Scenario {
  /** Stable; `<family>/<what happens>`. */
  readonly id: string
  /** The rule that it shows, in one sentence. */
  readonly title: string
  /** Where the rule is written. */
  readonly clauses: readonly string[]
  /** Bugs of the field that it shows, by their rows (docs/bugs.md). */
  readonly bugs?: readonly string[]
  /** What a reader should know of it, a sentence each. */
  readonly notes?: readonly string[]
  /** The world that it is told in, as `startLab` takes it; the default one unless said. */
  readonly given?: World
  /** What browsers and the network between the parties are like. */
  readonly conditions?: { readonly browser?: BrowserConditions; readonly network?: readonly NetworkCondition[] }
  /** Where only one kind of browser can tell it, and why. */
  readonly onlyIn?: { readonly driver: 'http' | 'browser'; readonly because: string }
  readonly steps: readonly Step[]
  readonly expected: Expected
}

/** The family of a story: what stands before the slash of its id. */
export const familyOf = ({ id }: Pick<Scenario, 'id'>): string => id.slice(0, id.indexOf('/'))
