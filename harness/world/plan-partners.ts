import type { RoleOptions } from '../roles/role-options.ts'
import type { CheckedWorld } from './world.ts'

/** A service provider of another make. */
export type PartnerParty = NonNullable<CheckedWorld['partners']>[number]

export interface PartnerCount extends Pick<RoleOptions, 'partners' | 'temper'> {
  /** Names that others have. */
  readonly taken: readonly string[]
}

/** The partners of a world and, where more are wanted, others: `partner`, or `partner1` and so on where there are several. */
export function planPartners(
  described: readonly PartnerParty[],
  { partners: wanted = 0, temper, taken }: PartnerCount,
): readonly PartnerParty[] {
  const missing = Math.max(0, wanted - described.length)
  const others = [...taken, ...described.map(({ name }) => name)]
  const numbered = Array.from({ length: wanted + others.length }, (_, index) => `partner${index + 1}`)
  const names = wanted === 1 ? ['partner', ...numbered] : numbered
  const free = names.filter((name) => !others.includes(name)).slice(0, missing)
  return [...described, ...free.map((name) => ({ name, ...(temper !== undefined && { temper }) }))]
}
