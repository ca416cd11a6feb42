import type { Ledger, LedgerEntry } from '../../harness/index.ts'
import type { Expected } from '../scenario/expected.ts'

/** Claims of participants that are not as expected. */
export function claimsDifferences({ claims }: Expected, ledgers: readonly Ledger[]): string[] {
  if (claims === undefined) return []
  const last = ledgers.at(-1)?.participants ?? []
  const is = new Map(last.map(({ name, claimed }) => [name, claimed]))
  return [...new Set([...Object.keys(claims), ...is.keys()])].flatMap((name) => {
    const [expected, actual] = [claims[name] ?? 'to be no participant', is.get(name) ?? 'to be no participant']
    return expected === actual ? [] : [`${name} claims ${actual}, expected ${expected}`]
  })
}

/** Claims that are not so without a story's leave, and those that are so although it told that they are not: a failure of its own kind. */
export function lieDifferences({ claimedButAlive = [] }: Expected, ledgers: readonly Ledger[]): string[] {
  const lies = ledgers.flatMap(({ participants }) => participants.filter(isLie))
  const liars = new Set(lies.map(({ name }) => name))
  return [
    ...lies.filter(({ name }) => !claimedButAlive.includes(name)).map(lieInWords),
    ...claimedButAlive
      .filter((name) => !liars.has(name))
      .map((name) => `${name} was to claim an end that is none, and did not`),
  ]
}

const isLie = ({ claimed, proven }: LedgerEntry): boolean => claimed === 'ended' && proven === 'alive'

function lieInWords({ name, facts }: LedgerEntry): string {
  const alive = Object.entries(facts).filter(([, is]) => is === 'alive' || is === 'signedIn')
  return `${name} claims that the session ended, and it has not: ${alive.map(([fact, is]) => `${fact} is ${is}`).join(', ')}`
}
