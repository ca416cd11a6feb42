import type { Profile } from './profile.ts'
import type { Lab, Target } from './target.ts'

interface CaseText {
  readonly number: number
  readonly title: string
  /** Where it stands in the specification. */
  readonly section: string
  /** A generation of Elasticsearch without which it makes no sense. */
  readonly only?: Profile['name']
  /** What a version must have for it. */
  readonly needs?: 'hasCompleteLogout' | 'hasSpMetadata'
}

/** A case that every node can be asked over HTTP. */
interface WireCase extends CaseText {
  readonly asks: 'wire'
  run(target: Target): Promise<void>
}

/** A case that needs to move the clock, or to look inside: only the emulator can be asked. */
interface LabCase extends CaseText {
  readonly asks: 'clock' | 'internals'
  run(lab: Lab): Promise<void>
}

export type ConformanceCase = WireCase | LabCase

/** The cases of one section of the specification. */
export function section(name: string, cases: readonly Numbered[]): readonly ConformanceCase[] {
  return cases.map((each) => ({ ...each, section: name }))
}

type Numbered = Omit<WireCase, 'section'> | Omit<LabCase, 'section'>
