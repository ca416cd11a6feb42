import { systemClock } from '#server/clock'
import { authenticateByRest, invalidateByRealm, invalidateByRest } from './contenders.ts'
import { othersFaults } from './faults.ts'
import { journalRows } from './journal.ts'
import { labRows } from './labs.ts'
import { createLimit } from './limit.ts'
import { logIn } from './login.ts'
import { startLogoutBench } from './logout.ts'
import { measure, type Timings } from './measure.ts'
import { measureBytesPerLogin, measureBytesPerLogout, measureBytesPerPair } from './memory.ts'
import { mintContenders } from './mint.ts'
import { startBenchNode } from './node.ts'
import { invalidateOverSocket } from './over-socket.ts'
import { makeParties, type Parties, spUrl } from './parties.ts'
import { createPeer } from './peer.ts'
import { replicaRows } from './scale/replicas.ts'
import { sharedTokenRows } from './scale/shared-tokens.ts'
import { scaleRows } from './scale.ts'
import { measureStartUp } from './start-up.ts'
import { printRows, type Row } from './table.ts'

/** One at a time the emulator signs on its only thread; with several in flight it works on the next message while the thread pool signs. */
async function invalidateRows(parties: Parties, inFlight: number): Promise<Row[]> {
  const { onOneThread, onThreadPool } = createLimit(parties)
  const node = startBenchNode(parties)
  const timings = await measure(
    [
      { name: 'one thread', run: onOneThread },
      { name: 'every core', run: onThreadPool },
      invalidateByRealm('query to redirect', node),
      invalidateByRest('request to answer', node),
      { name: 'node-saml', run: createPeer(parties).answerLogout },
    ],
    { inFlight },
  )
  const against = (limit: string, contender: string, least?: number): Row => ({
    what: `    the cryptography on ${limit} against it`,
    value: ratio(timings, limit, contender),
    least,
  })
  const time = (what: string, name: string): Row => ({ what: `  ${what}`, value: timings.get(name), unit: 'µs' })
  return [
    { what: `invalidate, ${inFlight} in flight` },
    time('RSA-2048 verification and signature on one thread', 'one thread'),
    time('the same, signing on every core', 'every core'),
    time('sloop, query to redirect', 'query to redirect'),
    against('one thread', 'query to redirect', inFlight === 1 ? 0.85 : 0.7),
    against('every core', 'query to redirect', inFlight === 1 ? undefined : 0.85),
    time('sloop by REST, request to answer', 'request to answer'),
    against('one thread', 'request to answer', 0.7),
    against('every core', 'request to answer'),
    time('node-saml, query to redirect', 'node-saml'),
    against('one thread', 'node-saml'),
  ]
}

async function overSocketRows(parties: Parties): Promise<Row[]> {
  const { contenders, close } = await invalidateOverSocket(startBenchNode(parties), createLimit(parties))
  const timings = await measure(contenders)
  await close()
  return [
    { what: 'invalidate over a socket, 1 in flight' },
    { what: '  a bare server that does only the cryptography', value: timings.get('bare server'), unit: 'µs' },
    { what: '  sloop by REST', value: timings.get('over a socket'), unit: 'µs' },
    {
      what: '    the bare server against it',
      value: ratio(timings, 'bare server', 'over a socket'),
      least: 0.7,
    },
  ]
}

async function manyTokensRows(parties: Parties): Promise<Row[]> {
  const few = startBenchNode(parties)
  const many = startBenchNode(parties)
  await few.fill(1_000)
  await many.fill(1_000_000)
  const { response } = parties
  const invalidates = await measure([invalidateByRest('few', few), invalidateByRest('many', many)])
  const authenticates = await measure([
    authenticateByRest('few', few, response),
    authenticateByRest('many', many, response),
  ])
  const within = { unit: '×', least: 0.9, most: 1.1 }
  return [
    { what: 'among 1 000 000 live tokens against 1 000' },
    { what: '  invalidate', value: ratio(invalidates, 'many', 'few'), ...within },
    { what: '  authenticate', value: ratio(authenticates, 'many', 'few'), ...within },
  ]
}

async function memoryRows(parties: Parties): Promise<Row[]> {
  return [
    { what: 'memory' },
    { what: '  of a live token pair', value: await measureBytesPerPair(parties, 100_000), unit: 'B', most: 1_024 },
    { what: '  of a login', value: await measureBytesPerLogin(parties, 20_000), unit: 'B', most: 3_000 },
    {
      what: '  of a logout that is long over',
      value: await measureBytesPerLogout(parties, 20_000),
      unit: 'B',
      most: 100,
    },
  ]
}

async function authenticateRows(parties: Parties): Promise<Row[]> {
  const timings = await measure([
    authenticateByRest('sloop', startBenchNode(parties), parties.response),
    { name: 'node-saml', run: createPeer(parties).acceptResponse },
  ])
  return [
    { what: 'authenticate' },
    { what: '  sloop by REST, request to answer', value: timings.get('sloop'), unit: 'µs' },
    { what: '  node-saml, the same Response', value: timings.get('node-saml'), unit: 'µs' },
    { what: '    node-saml against sloop', value: ratio(timings, 'node-saml', 'sloop'), unit: '×', least: 1.3 },
  ]
}

/** A logout from the portal, without a browser: what the IdP does and what its service providers sign, beside the cryptography in it. */
async function logoutRows(parties: Parties): Promise<Row[]> {
  const { ofOneParticipant } = createLimit(parties)
  const shapes = [1, 3, 10].flatMap((participants) =>
    (['chain', 'frames', 'soap'] as const).map((how) => ({ name: `${how}, ${participants}`, participants, how })),
  )
  const benches = await Promise.all(shapes.map((shape) => startLogoutBench(parties, shape)))
  const limit = { name: 'limit', run: ofOneParticipant }
  const timings = await measure([limit, ...benches.map(({ contender }) => contender)], { runsPerBatch: 4 })
  await Promise.all(benches.map(({ close }) => close()))
  const rows = shapes.flatMap(({ name, participants }): Row[] => {
    const [one = Number.NaN, all = Number.NaN] = [timings.get('limit'), timings.get(name)]
    return [
      { what: `  ${name}`, value: 1_000_000 / all, unit: '/s' },
      { what: '    the cryptography of both sides against it', value: (one * participants) / all },
    ]
  })
  return [{ what: 'logout from the portal, by propagation and participants' }, ...rows]
}

/** What no message of a logout is about costs it nothing: with and without, in turn in one run. Elasticsearch has no faults that it could ask. */
async function faultRows(parties: Parties): Promise<Row[]> {
  const shapes = [0, 100].flatMap((faults) =>
    (['chain', 'soap'] as const).map((how) => ({ name: `${how}, ${faults}`, participants: 3, how, faults })),
  )
  const benches = await Promise.all(shapes.map((shape) => startLogoutBench(parties, shape)))
  const timings = await measure(
    benches.map(({ contender }) => contender),
    { runsPerBatch: 16 },
  )
  await Promise.all(benches.map(({ close }) => close()))
  const [none, many] = [startBenchNode(parties), startBenchNode(parties)]
  const faults = othersFaults(100)
  const asking = invalidateByRest('asking', many)
  const invalidates = await measure([
    invalidateByRest('not asking', none),
    { ...asking, run: async () => [faults.meet({ on: 'LogoutRequest', to: spUrl }), await asking.run()] },
  ])
  const within = { unit: '×', least: 0.95, most: 1.05 }
  return [
    { what: 'with 100 armed faults of other messages, against none' },
    { what: '  logout of 3 in a chain', value: ratio(timings, 'chain, 100', 'chain, 0'), ...within },
    { what: '  logout of 3 by SOAP', value: ratio(timings, 'soap, 100', 'soap, 0'), ...within },
    { what: '  invalidate', value: ratio(invalidates, 'asking', 'not asking'), ...within },
  ]
}

async function loginRows(parties: Parties): Promise<Row[]> {
  const encryptions = ['none', 'nameId', 'assertion'] as const
  const timings = await measure(await Promise.all(encryptions.map((encrypt) => logIn(encrypt, parties, { encrypt }))))
  const against = (what: string, name: string): Row => {
    return { what, value: ratio(timings, name, 'none'), unit: '×', most: 1.5 }
  }
  return [
    { what: 'login at the identity provider' },
    { what: '  AuthnRequest to Response', value: timings.get('none'), unit: 'µs' },
    against('    with an encrypted NameID against it', 'nameId'),
    against('    with an encrypted Assertion against it', 'assertion'),
  ]
}

/** One at a time it shows what is done beside the signature; with several in flight that is done while others are signed. */
async function mintRows(parties: Parties, inFlight: number): Promise<Row[]> {
  const timings = await measure(mintContenders(parties), { inFlight })
  const signature = 'on the thread pool'
  const time = (what: string, name: string, most?: number): Row[] => [
    { what: `  ${what}`, value: timings.get(name), unit: 'µs' },
    { what: '    against the signature', value: ratio(timings, name, signature), unit: '×', most },
  ]
  return [
    { what: `mint a LogoutRequest, ${inFlight} in flight` },
    { what: '  one RSA-2048 signature on the thread pool', value: timings.get(signature), unit: 'µs' },
    ...time('from what is wanted to the query', 'minted', 1.3),
    ...time('by the control API, from request to answer', 'by request'),
  ]
}

async function startUpRows(): Promise<Row[]> {
  const { ready, readyWithNewKeys, bareNode } = await measureStartUp()
  return [
    { what: 'start' },
    { what: '  a bare Node', value: bareNode, unit: 'ms' },
    { what: '  process start to ready', value: ready, unit: 'ms', most: 500 },
    { what: '    against a bare Node', value: ready / bareNode, unit: '×', most: 3 },
    { what: '  the same, with keys that are made', value: readyWithNewKeys, unit: 'ms' },
  ]
}

function ratio(timings: Timings, over: string, under: string): number {
  return (timings.get(over) ?? Number.NaN) / (timings.get(under) ?? Number.NaN)
}

const parties = await makeParties(systemClock.now())
const parts: Readonly<Record<string, () => Promise<Row[]>>> = {
  start: startUpRows,
  invalidate: async () => [...(await invalidateRows(parties, 1)), ...(await invalidateRows(parties, 8))],
  socket: () => overSocketRows(parties),
  tokens: () => manyTokensRows(parties),
  authenticate: () => authenticateRows(parties),
  logout: () => logoutRows(parties),
  faults: () => faultRows(parties),
  journal: () => journalRows(parties),
  login: () => loginRows(parties),
  mint: async () => [...(await mintRows(parties, 1)), ...(await mintRows(parties, 8))],
  labs: labRows,
  memory: () => memoryRows(parties),
  scale: scaleRows,
  replicas: replicaRows,
  sharedTokens: () => sharedTokenRows(parties, 1_000_000),
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(parts, name))
if (unknown.length > 0)
  throw new Error(`there is no part ${unknown.join(', ')}, expected ${Object.keys(parts).join(', ')}`)
for (const [name, measurePart] of Object.entries(parts)) {
  if (wanted.length === 0 || wanted.includes(name)) printRows(await measurePart())
}
