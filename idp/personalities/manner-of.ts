import type { Manner } from '../manner.ts'
import type { MintedKind } from '../mint/wanted-message.ts'
import { type PersonalityName, personalities } from './personalities.ts'
import type { Quirk, StandingChange } from './personality.ts'

const quirksOf = (name: PersonalityName): readonly Quirk[] => personalities[name].quirks

/** How a personality runs a logout and what it takes; absent is what nothing is known of. */
export function mannerOf(name: PersonalityName): Manner {
  const all = quirksOf(name).flatMap(({ manner }) => manner ?? [])
  const logout = Object.assign({}, ...all.map((each) => each.logout))
  return Object.assign({}, ...all, { logout })
}

/** What is changed in every message of this kind; undefined where nothing is. */
export function standingChange(name: PersonalityName, kind: MintedKind): StandingChange | undefined {
  const all = quirksOf(name).flatMap(({ changes }) => changes?.[kind] ?? [])
  return all.length === 0 ? undefined : Object.assign({}, ...all)
}
