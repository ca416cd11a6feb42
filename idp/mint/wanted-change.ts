import type { Change } from '../changes/change-list.ts'
import type { Envelope } from '../outbox/envelope.ts'
import { MintRefusal } from './mint-refusal.ts'

/**
 * What is to be wrong about a message; undefined when nothing is. What there is to choose from is loaded with the first wish.
 * @throws MintRefusal when a word is unknown, or for how a message is delivered: nobody sends what is minted.
 */
export async function wantedChange(wanted: Readonly<Record<string, unknown>> | undefined): Promise<Change | undefined> {
  if (wanted === undefined || Object.keys(wanted).length === 0) return undefined
  const { checkChange, ChangeRefusal } = await import('../changes/check-change.ts')
  try {
    const change = checkChange(wanted)
    if (change.delivery === undefined) return change
    const says = 'change.delivery: nothing is sent here, the caller delivers it; expected it to be left out'
    throw new MintRefusal('invalid', says, { path: 'change.delivery', actual: change.delivery })
  } catch (error) {
    throw error instanceof ChangeRefusal ? new MintRefusal('invalid', error.message, error) : error
  }
}

/** @throws MintRefusal of the first change that this message cannot take. */
export function refuseNotMade({ notMade = [] }: Pick<Envelope, 'notMade'>): void {
  const [first] = notMade
  if (first === undefined) return
  const path = `change.${first.key}`
  throw new MintRefusal('notMade', `${path}: ${first.why}`, { path })
}
