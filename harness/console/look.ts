import { controlInProcess } from '../control/in-process.ts'
import { type Diagram, makeDiagram } from '../diagram/diagram.ts'
import { createDescriber } from '../journal/describe-entry.ts'
import type { JournalEntry } from '../journal/entry-schema.ts'
import type { Ledger } from '../ledger/write-ledger.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Filter, filterEntries } from './filter.ts'
import { participantsIn } from './parties-here.ts'

/** What was chosen by the form above the diagram; empty is everything. */
export interface Chosen {
  readonly user: string
  /** The id of a logout. */
  readonly logout: string
  readonly party: string
  readonly withCalls: boolean
}

type Operations = ReturnType<typeof controlInProcess>
type Answered<Call extends (...args: never[]) => Promise<unknown>> = Awaited<ReturnType<Call>>

/** What a lab looks like at one moment. */
export interface Look {
  readonly chosen: Chosen
  readonly diagram: Diagram
  /** How many entries there are, of which how many fell out or are too old to be drawn. */
  readonly entries: { readonly all: number; readonly notDrawn: number; readonly last: number }
  readonly users: readonly string[]
  readonly parties: readonly string[]
  readonly logouts: Answered<Operations['idp']['logouts']['list']>['logouts']
  readonly sessions: Answered<Operations['idp']['sessions']['list']>['sessions'] | undefined
  readonly tokens: Answered<Operations['es']['tokens']['list']>['tokens'] | undefined
  /** Of the logout that was chosen, else of the newest: what was claimed, and what is so. */
  readonly ledger: Ledger | undefined
  readonly faults: Answered<Operations['faults']['list']>['faults']
  /** Those that do not go with the machine's. */
  readonly movedClocks: readonly (readonly [party: string, state: object])[]
}

/** What each participant of a logout claimed, and what is so at this moment. */
async function ledgerOf(parties: RunningParties, { logouts, chosen }: { logouts: Look['logouts']; chosen: Chosen }) {
  const ofUser = logouts.filter(({ user }) => chosen.user === '' || user === chosen.user)
  const logout = chosen.logout === '' ? ofUser.at(-1)?.id : chosen.logout
  if (!logouts.some(({ id }) => id === logout) || logout === undefined) return undefined
  return controlInProcess(parties).ledger({ logout })
}

/** Of each message there are up to two entries. */
const mostDrawn = 2_000

export function readChosen(query: URLSearchParams): Chosen {
  const said = (name: string) => query.get(name) ?? ''
  return { user: said('user'), logout: said('logout'), party: said('party'), withCalls: said('calls') !== 'hidden' }
}

/** Looks at the journal and at who is signed in. What does not run here is undefined. */
export async function lookAt(parties: RunningParties, chosen: Chosen): Promise<Look> {
  const { idp, es, journal } = parties
  const { idp: ofIdp, es: ofEs, faults, clocks } = controlInProcess(parties)
  const [users, logouts, sessions, tokens, armed, moved] = await Promise.all([
    idp && ofIdp.users.list(),
    idp && ofIdp.logouts.list(),
    idp && ofIdp.sessions.list(),
    es && ofEs.tokens.list(),
    faults.list(),
    clocks.get(),
  ])
  const ledger = await ledgerOf(parties, { logouts: logouts?.logouts ?? [], chosen })
  const kept = journal.since()
  const { describe } = createDescriber(parties)
  const entries = kept.slice(-mostDrawn).map(describe)
  const participants = participantsIn(parties)
  const filter = filterOf(chosen, { logouts: logouts?.logouts ?? [], participants })
  return {
    chosen,
    diagram: makeDiagram(filterEntries(entries, filter), participants),
    entries: {
      all: kept.length,
      notDrawn: journal.dropped + Math.max(0, kept.length - mostDrawn),
      last: journal.last,
    },
    users: usersIn(entries, users?.users.map(({ name }) => name) ?? []),
    parties: participants.map(({ name }) => name),
    logouts: logouts?.logouts ?? [],
    sessions: sessions?.sessions,
    tokens: tokens?.tokens,
    ledger,
    faults: armed.faults,
    movedClocks: Object.entries(moved.clocks).filter(([, state]) => Object.keys(state).length > 0),
  }
}

interface Known {
  readonly logouts: Look['logouts']
  readonly participants: ReturnType<typeof participantsIn>
}

function filterOf({ user, logout, party, withCalls }: Chosen, { logouts, participants }: Known): Filter {
  const legs = logouts.find(({ id }) => id === logout)?.legs ?? []
  const requestIds = legs.flatMap(({ requestId }) => requestId ?? [])
  const entityIds = participants.find(({ name }) => name === party)?.entityIds ?? []
  return {
    withCalls,
    ...(user !== '' && { user }),
    ...(logout !== '' && { requestIds: new Set(requestIds) }),
    ...(party !== '' && { names: new Set([party, ...entityIds]) }),
  }
}

function usersIn(entries: readonly JournalEntry[], known: readonly string[]): readonly string[] {
  const seen = entries.flatMap(({ user }) => user ?? [])
  return [...new Set([...known, ...seen])]
}
