import type { Ledger, LedgerEntry } from '../../harness/index.ts'
import type { Expected } from '../scenario/expected.ts'

/** Claims of participants that are not as expected. */
export function claimsDifferences({ claims }: Expected, ledgers: readonly Ledger[]): string[] {
  if (claims === undefined) return []
  const last = ledgers.at(-1)?.participants ?? []
  const is = new Map(last.map(({ party, claimed }) => [party, claimed]))
  return [...new Set([...Object.keys(claims), ...is.keys()])].flatMap((party) => {
    const [expected, actual] = [claims[party] ?? 'to be no participant', is.get(party) ?? 'to be no participant']
    return expected === actual ? [] : [`${party} claims ${actual}, expected ${expected}`]
  })
}

/** Claims that are not so without a story's leave, and those that are so although it told that they are not: a failure of its own kind. */
export function lieDifferences({ claimedButAlive = [] }: Expected, ledgers: readonly Ledger[]): string[] {
  const lies = ledgers.flatMap(({ participants }) => participants.filter(isLie))
  const liars = new Set(lies.map(({ party }) => party))
  return [
    ...lies.filter(({ party }) => !claimedButAlive.includes(party)).map(lieInWords),
    ...claimedButAlive
      .filter((party) => !liars.has(party))
      .map((party) => `${party} was to claim an end that is none, and did not`),
  ]
}

const isLie = ({ claimed, proven }: LedgerEntry): boolean => claimed === 'ended' && proven === 'alive'

function lieInWords({ party, facts }: LedgerEntry): string {
  const alive = Object.entries(facts).filter(([, is]) => is === 'alive' || is === 'signedIn')
  return `${party} claims that the session ended, and it has not: ${alive.map(([fact, is]) => `${fact} is ${is}`).join(', ')}`
}
