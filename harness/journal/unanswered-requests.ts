import { nearestEntries } from '#server/journal/nearest-entries'
import type { KeptSeen } from '#server/journal/seen'
import type { NotVerified } from '#server/journal/verify'
import type { Describer } from './describe-entry.ts'

const answerTo: ReadonlyMap<string, string> = new Map([
  ['AuthnRequest', 'Response'],
  ['LogoutRequest', 'LogoutResponse'],
])

/** What is looked for as the answer to a request that was sent. */
export interface AwaitedAnswer {
  readonly what: string
  readonly inResponseTo: string
  readonly direction?: 'received'
  readonly party?: string
}

export interface Unanswered {
  readonly request: KeptSeen
  readonly awaited: AwaitedAnswer
}

/**
 * Each AuthnRequest and LogoutRequest that was sent and has no answer received by who asked (`spec/contract.md` §2.7), oldest first. Of a minted one an answer written by anybody does, and so it does of a
 * LogoutRequest of Elasticsearch, which applications need not tell of the answer: Kibana never does. Asynchronous requests want none, and a sign-in that nobody finished by a click has none yet.
 */
export function unansweredRequests(entries: readonly KeptSeen[], describer: Describer): Unanswered[] {
  const read = (entry: KeptSeen, field: string) =>
    String(describer.inHand(entry, field) ?? describer.read(entry, field))
  const answered = new Set<string>()
  const waitsForAClick = new Set<string>()
  for (const entry of entries) {
    if (entry.what === 'AuthnRequest' && entry.direction === 'received' && entry.accepted === true) {
      waitsForAClick.add(read(entry, 'id'))
    }
    if (entry.what !== 'Response' && entry.what !== 'LogoutResponse') continue
    const to = read(entry, 'inResponseTo')
    answered.add(keyOf(entry.what, to, ''))
    if (entry.direction === 'received') answered.add(keyOf(entry.what, to, entry.party))
    if (entry.direction === 'sent' && entry.what === 'Response') waitsForAClick.delete(to)
  }
  return entries.flatMap((request) => {
    const what = answerTo.get(request.what)
    if (what === undefined || request.direction !== 'sent') return []
    const id = read(request, 'id')
    const byAnybody = request.minted === true || (request.party === 'es' && what === 'LogoutResponse')
    if (answered.has(keyOf(what, id, byAnybody ? '' : request.party))) return []
    if (waitsForAClick.has(id) || describer.isAsynchronous(request)) return []
    const where = byAnybody ? {} : ({ direction: 'received', party: request.party } as const)
    return [{ request, awaited: { what, inResponseTo: id, ...where } }]
  })
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts)

/** Undefined when every request was answered; else the first that was not, and what is nearest to its answer. */
export function whyNotAnswered(entries: readonly KeptSeen[], describer: Describer): NotVerified | undefined {
  const unanswered = unansweredRequests(entries, describer)
  const [first] = unanswered
  if (first === undefined) return undefined
  const { request, awaited } = first
  const { seq, what, from, to, id } = describer.describe(request)
  const says = `the ${what} ${id} from ${from} to ${to} (entry ${seq}) has no ${awaited.what}`
  const message = unanswered.length === 1 ? says : `${unanswered.length} requests are not answered; ${says}`
  const nearest = nearestEntries({ ...awaited }, entries, describer)
  return { message, expected: 0, actual: unanswered.length, nearest }
}
