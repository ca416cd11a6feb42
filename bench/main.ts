import { systemClock } from '#server/clock'
import { createLimit } from './limit.ts'
import { type Contender, type Medians, measure } from './measure.ts'
import { measureBytesPerPair } from './memory.ts'
import { type BenchNode, startBenchNode } from './node.ts'
import { makeParties, type Parties } from './parties.ts'
import { createPeer } from './peer.ts'
import { measureStartUp } from './start-up.ts'

interface Row {
  readonly what: string
  readonly value: string
  readonly aim: string
}

const us = (value: number | undefined) => `${(value ?? Number.NaN).toFixed(0)} µs`
const ratio = (medians: Medians, over: string, under: string) => {
  return ((medians.get(over) ?? Number.NaN) / (medians.get(under) ?? Number.NaN)).toFixed(2)
}
const invalidating = (name: string, node: BenchNode): Contender => {
  return { name, run: node.invalidate, before: node.login }
}
const authenticating = (name: string, node: BenchNode): Contender => ({ name, run: node.authenticate })

async function invalidateRows(parties: Parties): Promise<Row[]> {
  const peer = createPeer(parties)
  // All three after the same preparation: a run behind a signature of somebody else is slower than one in a tight loop.
  const { login: before } = startBenchNode(parties)
  const medians = await measure([
    { name: 'limit', run: createLimit(parties), before },
    invalidating('sloop', startBenchNode(parties)),
    { name: 'node-saml', run: peer.answerLogout, before },
  ])
  return [
    { what: 'invalidate: RSA-2048 verification and signature', value: us(medians.get('limit')), aim: '' },
    { what: 'invalidate: sloop, request to answer', value: us(medians.get('sloop')), aim: '' },
    { what: 'invalidate: node-saml, the same messages', value: us(medians.get('node-saml')), aim: '' },
    { what: 'invalidate: sloop against the limit', value: ratio(medians, 'limit', 'sloop'), aim: '≥ 0.70' },
    { what: 'invalidate: node-saml against the limit', value: ratio(medians, 'limit', 'node-saml'), aim: '' },
    { what: 'invalidate: sloop against node-saml', value: `${ratio(medians, 'node-saml', 'sloop')} ×`, aim: '' },
  ]
}

async function manyTokensRows(parties: Parties): Promise<Row[]> {
  const few = startBenchNode(parties)
  const many = startBenchNode(parties)
  await few.fill(1_000)
  await many.fill(100_000)
  const invalidates = await measure([invalidating('few', few), invalidating('many', many)])
  const authenticates = await measure([authenticating('few', few), authenticating('many', many)])
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
  const medians = await measure([
    authenticating('sloop', startBenchNode(parties)),
    { name: 'node-saml', run: peer.acceptResponse },
  ])
  return [
    { what: 'authenticate: sloop, request to answer', value: us(medians.get('sloop')), aim: '' },
    { what: 'authenticate: node-saml, the same Response', value: us(medians.get('node-saml')), aim: '' },
    {
      what: 'authenticate: sloop against node-saml',
      value: `${ratio(medians, 'node-saml', 'sloop')} ×`,
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
  () => invalidateRows(parties),
  () => manyTokensRows(parties),
  () => authenticateRows(parties),
  () => memoryRows(parties),
]) {
  print(await part())
}
