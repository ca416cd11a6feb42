import { type Engine, type EngineTotals, openEngine } from './scale/engine.ts'
import { type Cost, saturationRows, sizeRows } from './scale/extrapolation.ts'
import { createPerson, refresh, signInByCalls } from './scale/person.ts'
import { type Processes, type Role, startProcesses } from './scale/processes.ts'
import { secondsOf } from './scale/processor-time.ts'
import type { Row } from './table.ts'

const runs = 1_000
/** Until scripts are compiled, and the journal is full. */
const warmUpRuns = 200
const watchedRuns = 20

type Act = () => Promise<void>

/** What a login, a refresh and a logout cost the roles, one process each, and the engine that they share; and what many sessions cost by that. */
export async function scaleRows(): Promise<Row[]> {
  const processes = await startProcesses()
  const engine = await openEngine(processes.storeUrl)
  try {
    const { urls } = processes
    const people = Array.from({ length: warmUpRuns + runs + watchedRuns }, () => createPerson(urls))
    const login = await costOf(
      { processes, engine },
      inTurn(people, (person) => person.logIn()),
    )
    const kinds = await engine.kinds()
    const logout = await costOf(
      { processes, engine },
      inTurn(people, (person) => person.logOut()),
    )
    const pairs = []
    while (pairs.length < people.length) pairs.push(await signInByCalls(urls))
    const refreshed = await costOf(
      { processes, engine },
      inTurn(pairs, (pair) => refresh(urls, pair)),
    )
    return [
      ...costRows('a login by pages', login),
      ...costRows('a refresh', refreshed),
      ...costRows('a logout by pages, of the application and the identity provider', logout),
      ...kindRows(kinds),
      ...saturationRows({ login, refreshed, logout }),
      ...[100, 10_000, 1_000_000].flatMap((sessions) => sizeRows(sessions, { login, refreshed, logout })),
    ]
  } finally {
    await engine.close()
    await processes.close()
  }
}

/** Does something to the next of them each time. */
function inTurn<T>(all: readonly T[], act: (one: T) => Promise<void>): Act {
  let next = 0
  return async () => {
    const one = all[next++]
    if (one === undefined) throw new Error('there are no more of them')
    await act(one)
  }
}

async function costOf({ processes, engine }: { processes: Processes; engine: Engine }, act: Act): Promise<Cost> {
  await times(warmUpRuns, act)
  const before = { engine: await engine.totals(), roles: secondsOfRoles(processes) }
  await times(runs, act)
  const after = { engine: await engine.totals(), roles: secondsOfRoles(processes) }
  const sent = await engine.countSent(() => times(watchedRuns, act))
  const one = (name: keyof EngineTotals) => (after.engine[name] - before.engine[name]) / runs
  const spent = (role: Role) => ((after.roles[role] - before.roles[role]) / runs) * 1_000
  return {
    sent: sent / watchedRuns,
    commands: one('commands'),
    scripts: one('scripts'),
    octetsIn: one('octetsIn'),
    octetsOut: one('octetsOut'),
    kept: one('usedMemory'),
    milliseconds: { idp: spent('idp'), es: spent('es'), app: spent('app'), engine: one('seconds') * 1_000 },
  }
}

async function times(count: number, act: Act): Promise<void> {
  for (let each = 0; each < count; each++) await act()
}

const secondsOfRoles = ({ pids }: Processes): Record<Role, number> => ({
  idp: secondsOf(pids.idp),
  es: secondsOf(pids.es),
  app: secondsOf(pids.app),
})

function costRows(what: string, { milliseconds, ...cost }: Cost): Row[] {
  const { idp, es, app, engine } = milliseconds
  const time = (who: string, value: number): Row => ({ what: `  ${who}`, value: value * 1_000, unit: 'µs' })
  return [
    { what },
    { what: '  commands that are sent', value: cost.sent, unit: '×' },
    { what: '    of them scripts', value: cost.scripts, unit: '×' },
    { what: '    commands that run, in scripts too', value: cost.commands, unit: '×' },
    { what: '  octets to the engine', value: cost.octetsIn, unit: 'B' },
    { what: '  octets from the engine', value: cost.octetsOut, unit: 'B' },
    { what: '  memory of the engine that stays', value: cost.kept, unit: 'B' },
    time('processor time of the identity provider', idp),
    time('of Elasticsearch', es),
    time('of the application', app),
    time('of the engine', engine),
    { what: '    the engine against the three', value: engine / (idp + es + app) },
  ]
}

/** Of what there is one of for each login. */
function kindRows(kinds: Awaited<ReturnType<Engine['kinds']>>): Row[] {
  const many = [...kinds].filter(([, { count }]) => count >= runs).sort(([one], [other]) => (one < other ? -1 : 1))
  const rows = many.flatMap(([kind, { count, octets }]): Row[] => [
    { what: `  ${kind}`, value: octets, unit: 'B' },
    { what: '    of these', value: count, unit: '#' },
  ])
  return [{ what: `in the engine after ${warmUpRuns + runs + watchedRuns} logins` }, ...rows]
}
