import { connect } from '../../../harness/index.ts'
import type { Replica } from '../../../harness/replicas/replicas.test-support.ts'
import type { Part, Storm } from './storm.test-support.ts'

/** What a replica says of everybody, after a storm. */
export interface Said {
  /** Every entry of the journal, as what it is about. */
  readonly journal: readonly string[]
  /** By who it is and what she did: what is not as it was acknowledged. Empty where every claim is true. */
  readonly untrue: readonly string[]
  /** Living sessions and pairs of tokens of people who logged out. */
  readonly leftOver: { readonly sessions: number; readonly pairs: number }
}

type Control = ReturnType<typeof connect>
type Entry = Awaited<ReturnType<Control['journal']['read']>>['entries'][number]

/** Asks one replica past the balancers; nothing that it is asked changes anything. */
export async function saidBy({ urls }: Replica, { people, unconfirmed }: Storm): Promise<Said> {
  const control = connect(urls.es)
  const { entries } = await control.journal.read({ limit: 10_000 })
  const { sessions } = await control.idp.sessions.list()
  const { tokens } = await control.es.tokens.list()
  const living = tokens.filter(({ access, refresh }) => access === 'alive' || refresh === 'alive')
  const here = {
    unconfirmed,
    entries,
    sessions: sessions.map(({ user }) => user),
    pairs: living.map(({ username }) => username),
  }
  const loggedOut = new Set(people.filter(({ part }) => part !== 'staysLoggedIn').map(({ name }) => name))
  return {
    journal: entries.map(({ seq, party, what, direction, id }) => [seq, party, what, direction, id].join(' ')),
    untrue: people.flatMap(({ name, part }) => untrueOf(name, part, here).map((why) => `${name} ${part}: ${why}`)),
    leftOver: {
      sessions: here.sessions.filter((user) => loggedOut.has(user)).length,
      pairs: here.pairs.filter((user) => loggedOut.has(user)).length,
    },
  }
}

interface Here {
  readonly unconfirmed: ReadonlySet<string>
  readonly entries: readonly Entry[]
  readonly sessions: readonly string[]
  readonly pairs: readonly string[]
}

const requester: Readonly<Record<Part, string | undefined>> = {
  staysLoggedIn: undefined,
  logsOutAtTheApplication: 'es',
  logsOutAtTheIdp: 'idp',
}

function untrueOf(name: string, part: Part, { unconfirmed, entries, sessions, pairs }: Here): string[] {
  const from = requester[part]
  const arrived = (what: string, sender: string, reader: string) =>
    entries.some(
      (sent) =>
        sent.user === name &&
        sent.what === what &&
        sent.party === sender &&
        entries.some(({ party, id, accepted }) => party === reader && id === sent.id && accepted === true),
    )
  const claims = {
    'the IdP has no session': from !== undefined || sessions.includes(name),
    'Elasticsearch has no living pair': from !== undefined || pairs.includes(name),
    'the journal has no Response that arrived': arrived('Response', 'idp', 'es'),
    'the journal has no LogoutRequest that arrived':
      from === undefined || unconfirmed.has(name) || arrived('LogoutRequest', from, from === 'es' ? 'idp' : 'es'),
  }
  return Object.entries(claims).flatMap(([why, holds]) => (holds ? [] : [why]))
}
