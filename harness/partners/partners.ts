import { NoSuch } from '#server/no-such'
import type { Partner, Temper } from '../../sp-emulator/index.ts'

/** A partner as the control API shows it. */
export interface DescribedPartner {
  readonly name: string
  readonly url: string
  readonly entityId: string
  readonly temper: Temper
}

/** A partner that runs, and where browsers find it. */
export interface RunningPartner {
  readonly name: string
  readonly url: string
  readonly partner: Partner
}

/** What these partners are like now, in their order. */
export const listPartners = (running: readonly RunningPartner[]): readonly DescribedPartner[] => running.map(describe)

/**
 * Gives a partner another temper, from the next LogoutRequest on; what it does already it ends as it began.
 * @throws NoSuch for an unknown name; then nothing has changed
 */
export function changePartner(
  running: readonly RunningPartner[],
  name: string,
  { temper }: Pick<DescribedPartner, 'temper'>,
): DescribedPartner {
  const found = running.find((each) => each.name === name)
  if (found === undefined) {
    const known = running.map((each) => each.name)
    throw new NoSuch({ what: 'partner', type: 'noSuchParty', named: name, known, path: 'name' })
  }
  found.partner.temper.set(temper)
  return describe(found)
}

const describe = ({ name, url, partner: { entityId, temper } }: RunningPartner): DescribedPartner => {
  return { name, url, entityId, temper: temper.get() }
}
