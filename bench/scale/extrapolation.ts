import type { Row } from '../table.ts'
import type { Role } from './processes.ts'

/** What one of something costs. */
export interface Cost {
  readonly sent: number
  readonly commands: number
  readonly scripts: number
  readonly octetsIn: number
  readonly octetsOut: number
  /** Octets that stay in the engine. */
  readonly kept: number
  /** Of processor time, by who spends it. */
  readonly milliseconds: Readonly<Record<Role | 'engine', number>>
}

type Costs = Record<'login' | 'refreshed' | 'logout', Cost>

/** A session that lasts an hour, with a refresh every twenty minutes, as long as an access token lives. */
const sessionSeconds = 3_600
const refreshes = 2
/** The documents of tokens stay so long in the engine when they are over: a node keeps them for a day. */
const keptSeconds = 86_400
/** All else that is over, so long at most: a logout run, of which one may look for twenty minutes how it ended, and as long again. */
const briefSeconds = 2_400

const sum = ({ login, refreshed, logout }: Costs, of: (cost: Cost) => number): number =>
  of(login) + refreshes * of(refreshed) + of(logout)

/** How many sessions at a time keep one processor busy. */
export function saturationRows(costs: Costs): Row[] {
  const row = (what: string, who: keyof Cost['milliseconds']): Row => {
    const seconds = sum(costs, ({ milliseconds }) => milliseconds[who]) / 1_000
    return { what: `  ${what}`, value: sessionSeconds / seconds, unit: '#' }
  }
  const what = 'sessions of an hour at a time that keep one processor busy'
  return [
    { what },
    row('of the identity provider', 'idp'),
    row('of Elasticsearch', 'es'),
    row('of the application', 'app'),
    row('of the engine', 'engine'),
  ]
}

/** How many processors are busy with so many sessions at a time, and what the engine holds, if all costs as here. */
export function sizeRows(sessions: number, costs: Costs): Row[] {
  const perSecond = sessions / sessionSeconds
  const row = (what: string, who: keyof Cost['milliseconds']): Row => ({
    what: `  ${what}`,
    value: (perSecond * sum(costs, ({ milliseconds }) => milliseconds[who])) / 1_000,
  })
  const live = sessions * (costs.login.kept + refreshes * costs.refreshed.kept)
  const pairs = (1 + refreshes) * costs.refreshed.kept
  const others = Math.max(0, sum(costs, ({ kept }) => kept) - pairs)
  const over = perSecond * (keptSeconds * pairs + briefSeconds * others)
  const octets = perSecond * sum(costs, ({ octetsIn }) => octetsIn)
  return [
    { what: `${sessions} sessions of an hour at a time, by extrapolation` },
    row('processors of the identity provider', 'idp'),
    row('of Elasticsearch', 'es'),
    row('of the application', 'app'),
    row('of the engine', 'engine'),
    { what: '  kilobytes to the engine in a second', value: octets / 1_000, unit: 'kB' },
    { what: '  memory of the engine for what lives', value: live / 1_048_576, unit: 'MiB' },
    { what: '    and for what was over within a day', value: over / 1_048_576, unit: 'MiB' },
  ]
}
