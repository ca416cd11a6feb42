import type { ExpectedCall, ExpectedEntry } from '../scenario/expected.ts'
import { pairwise } from './compare.ts'
import { type Entry, entriesLike } from './newest-entry.ts'
import type { Stage } from './stage.ts'

const logoutCall = /\/saml\/(logout|invalidate|complete_logout)$/

/** A call to a logout API of the node, as the journal tells it. */
interface SeenCall {
  readonly api: string
  readonly status: number
  readonly refused: string | undefined
  readonly invalidated: number
}

/** Calls to the logout APIs that are not those which are expected, or not answered so. */
export function callDifferences(
  wanted: readonly ExpectedCall[] | undefined,
  { entries, isRecent }: { readonly entries: readonly Entry[]; readonly isRecent: boolean },
): string[] {
  if (wanted === undefined) return []
  return pairwise(wanted, callsIn(entries)).flatMap(([should, is], index) => {
    const [expected, actual] = [expectedInWords(should, isRecent), callInWords(is, should)]
    return expected === actual ? [] : [`call ${index + 1} to a logout API is ${actual}, expected ${expected}`]
  })
}

/** What a call ended stands in the journal before the call itself, which is noted once it is answered. */
function callsIn(entries: readonly Entry[]): readonly SeenCall[] {
  const calls: SeenCall[] = []
  let ended = 0
  for (const { party, what, wire, httpStatus, refusal, count, endedBy } of entries) {
    if (party !== 'es') continue
    if (what === 'tokensEnded' && endedBy === 'samlInvalidate') ended += count ?? 0
    if (what !== 'call') continue
    const [, api] = logoutCall.exec(wire?.url ?? '') ?? []
    if (api === undefined) continue
    calls.push({ api, status: httpStatus ?? 0, refused: refusal?.code, invalidated: ended })
    ended = 0
  }
  return calls
}

function expectedInWords(call: ExpectedCall | undefined, isRecent: boolean): string {
  if (call === undefined) return 'none'
  const { api, refused, invalidated, classic = 500, status = isRecent ? 401 : classic } = call
  if (refused !== undefined) return `${api}, refused by ${status} with ${refused}`
  return `${api}, answered by 200${invalidated === undefined ? '' : `, which ended ${invalidated} pairs of tokens`}`
}

function callInWords(call: SeenCall | undefined, wanted: ExpectedCall | undefined): string {
  if (call === undefined) return 'none'
  const { api, status, refused, invalidated } = call
  if (refused !== undefined) return `${api}, refused by ${status} with ${refused}`
  const isCounted = wanted === undefined ? api === 'invalidate' : wanted.invalidated !== undefined
  return `${api}, answered by ${status}${isCounted ? `, which ended ${invalidated} pairs of tokens` : ''}`
}

/** Entries that the journal lacks, or has too often. */
export async function entryDifferences(wanted: readonly ExpectedEntry[] = [], stage: Stage): Promise<string[]> {
  const found = await Promise.all(wanted.map((each) => entryDifference(each, stage)))
  return found.flat()
}

async function entryDifference({ match, times, wire }: ExpectedEntry, stage: Stage): Promise<string[]> {
  const alike = await entriesLike(match, stage)
  const entries = alike.filter((entry) => wire === undefined || travelledAs(entry).includes(wire))
  const fits = times === undefined ? entries.length > 0 : entries.length === times
  if (fits) return []
  const expected = times === undefined ? 'at least one' : String(times)
  const looked = `${JSON.stringify(match)}${wire === undefined ? '' : ` with [${wire}] in it`}`
  return [`the journal has ${entries.length} entries like ${looked}, expected ${expected}`]
}

const travelledAs = ({ wire }: Entry): string => `${wire?.url ?? ''} ${wire?.body ?? ''}`
