import { systemClock } from '#server/clock'
import { authenticateByRest, invalidateByRealm, invalidateByRest } from './contenders.ts'
import { createLimit } from './limit.ts'
import { measure, type Timings } from './measure.ts'
import { measureBytesPerPair } from './memory.ts'
import { startBenchNode } from './node.ts'
import { makeParties, type Parties } from './parties.ts'
import { createPeer } from './peer.ts'
import { measureStartUp } from './start-up.ts'

interface Row {
  readonly what: string
  readonly value: string
  readonly aim: string
}

const us = (value: number | undefined) => `${(value ?? Number.NaN).toFixed(0)} µs`
const ratio = (timings: Timings, over: string, under: string) => {
  return ((timings.get(over) ?? Number.NaN) / (timings.get(under) ?? Number.NaN)).toFixed(2)
}

/** One at a time the emulator waits for its signature; with several in flight it works on the next message meanwhile. */
async function invalidateRows(parties: Parties, inFlight: number): Promise<Row[]> {
  const { onOneThread, onThreadPool } = createLimit(parties)
  const node = startBenchNode(parties)
  const timings = await measure(
    [
      { name: 'limit', run: onOneThread },
      { name: 'limit on every core', run: onThreadPool },
      invalidateByRealm('sloop', node),
      invalidateByRest('sloop by REST', node),
      { name: 'node-saml', run: createPeer(parties).answerLogout },
    ],
    { inFlight },
  )
  const row = (what: string, value: string, aim = '') => ({
    what: `invalidate, ${inFlight} in flight: ${what}`,
    value,
    aim,
  })
  return [
    row('RSA-2048 verification and signature, one thread', us(timings.get('limit'))),
    row('the same, signing on every core', us(timings.get('limit on every core'))),
    row('sloop, query to redirect', us(timings.get('sloop'))),
    row('sloop, request to answer', us(timings.get('sloop by REST'))),
    row('node-saml, query to redirect', us(timings.get('node-saml'))),
    row('sloop against the cryptography, query to redirect', ratio(timings, 'limit', 'sloop'), '≥ 0.70'),
    row('sloop against the cryptography, request to answer', ratio(timings, 'limit', 'sloop by REST'), '≥ 0.70'),
    row('node-saml against the cryptography', ratio(timings, 'limit', 'node-saml')),
  ]
}

async function manyTokensRows(parties: Parties): Promise<Row[]> {
  const few = startBenchNode(parties)
  const many = startBenchNode(parties)
  await few.fill(1_000)
  await many.fill(100_000)
  const invalidates = await measure([invalidateByRest('few', few), invalidateByRest('many', many)])
  const { response } = parties
  const authenticates = await measure([
    authenticateByRest('few', few, response),
    authenticateByRest('many', many, response),
  ])
  const aim = '0.90 – 1.10'
  return [
    { what: 'invalidate: among 100 000 live tokens against 1 000', value: ratio(invalidates, 'many', 'few'), aim },
    { what: 'authenticate: among 100 000 live tokens against 1 000', value: ratio(authenticates, 'many', 'few'), aim },
  ]
}

async function memoryRows(parties: Parties): Promise<Row[]> {
  const bytes = await measureBytesPerPair(parties, 100_000)
  return [{ what: 'memory: one of 100 000 live token pairs', value: `${bytes.toFixed(0)} B`, aim: '' }]
}

async function authenticateRows(parties: Parties): Promise<Row[]> {
  const peer = createPeer(parties)
  const timings = await measure([
    authenticateByRest('sloop', startBenchNode(parties), parties.response),
    { name: 'node-saml', run: peer.acceptResponse },
  ])
  return [
    { what: 'authenticate: sloop, request to answer', value: us(timings.get('sloop')), aim: '' },
    { what: 'authenticate: node-saml, the same Response', value: us(timings.get('node-saml')), aim: '' },
    {
      what: 'authenticate: sloop against node-saml',
      value: `${ratio(timings, 'node-saml', 'sloop')} ×`,
      aim: '≥ 1.30 ×',
    },
  ]
}

async function startUpRows(): Promise<Row[]> {
  const { ready, bareNode } = await measureStartUp()
  return [
    { what: 'start: process start to ready', value: `${ready.toFixed(0)} ms`, aim: '≤ 500 ms' },
    { what: 'start: against a bare Node', value: `${(ready / bareNode).toFixed(1)} ×`, aim: '' },
  ]
}

function print(rows: readonly Row[]): void {
  const width = Math.max(...rows.map(({ what }) => what.length))
  for (const { what, value, aim } of rows) {
    console.log(`${what.padEnd(width)}  ${value.padStart(10)}  ${aim}`.trimEnd())
  }
}

const parties = await makeParties(systemClock.now())
for (const part of [
  startUpRows,
  () => invalidateRows(parties, 1),
  () => invalidateRows(parties, 8),
  () => manyTokensRows(parties),
  () => authenticateRows(parties),
  () => memoryRows(parties),
]) {
  print(await part())
}
