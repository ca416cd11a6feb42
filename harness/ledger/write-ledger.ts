import type { Claim, LogoutAccount, ParticipantAccount } from '../../idp/index.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { type Facts, type Life, whatIsProven } from './facts.ts'
import { lookAround, type Probe } from './look-around.ts'
import { nameLogins } from './name-logins.ts'
import { type FindPlaces, placesIn } from './places-in-journal.ts'

/** One participant of a logout: what it was asked, what it answered, what it claims by that, and what is so. */
export interface LedgerEntry {
  readonly party: string
  /** The party, and which of its logins in the order of logins, where this logout is about several. */
  readonly name: string
  readonly serviceProvider: string
  /** Whether it asked for the logout itself: then nobody asked it, and what it answered is its own request. */
  readonly requester: boolean
  readonly sessionIndex: string
  readonly asked: number | null
  readonly answered: number | null
  readonly claimed: Claim
  readonly proven: ReturnType<typeof whatIsProven>
  readonly facts: Facts
}

/** Asked, answered, claimed, proven, per participant of a logout (`spec/contract.md` §2.8). */
export interface Ledger {
  readonly logout: string
  readonly user: string
  readonly claimed: 'complete' | 'partial'
  readonly participants: readonly LedgerEntry[]
  readonly idpSession: Life
}

/** What came of a logout, as it is now. */
export async function writeLedger(parties: RunningParties, account: LogoutAccount): Promise<Ledger> {
  return ledgerOf(account, { probe: await lookAround(parties), find: placesIn(parties.journal) })
}

/** The same of several, at one moment. */
export async function writeLedgers(
  parties: RunningParties,
  accounts: readonly LogoutAccount[],
): Promise<readonly Ledger[]> {
  const looked = { probe: await lookAround(parties), find: placesIn(parties.journal) }
  return Promise.all(accounts.map((account) => ledgerOf(account, looked)))
}

interface Looked {
  readonly probe: Probe
  readonly find: FindPlaces
}

async function ledgerOf(
  { id, user, claimed, participants, idpSession }: LogoutAccount,
  { probe, find }: Looked,
): Promise<Ledger> {
  const found = participants.map((participant) => ({ participant, party: participant.name, ...find(participant) }))
  const names = nameLogins(found)
  const entries = found.map((each, index) => entryOf({ ...each, name: names[index] ?? each.party }, probe))
  return { logout: id, user, claimed, participants: await Promise.all(entries), idpSession }
}

interface Found extends ReturnType<FindPlaces> {
  readonly participant: ParticipantAccount
  readonly name: string
}

async function entryOf({ participant, name, asked, answered }: Found, probe: Probe): Promise<LedgerEntry> {
  const { name: party, serviceProvider, isRequester: requester, sessionIndex, claimed } = participant
  const facts = await probe(participant)
  const who = { party, name, serviceProvider, requester, sessionIndex }
  return { ...who, asked, answered, claimed, proven: whatIsProven(facts), facts }
}
