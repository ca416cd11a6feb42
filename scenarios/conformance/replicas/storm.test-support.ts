import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startRedisServer } from '#server/store/redis/redis-server.test-support'
import { type Replicas, startReplicas } from '../../../harness/replicas/replicas.test-support.ts'
import { createStormPerson, type StormPerson } from './storm-person.test-support.ts'

/** How somebody's part in a storm ends. */
export type Part = 'staysLoggedIn' | 'logsOutAtTheApplication' | 'logsOutAtTheIdp'
const parts: readonly Part[] = ['staysLoggedIn', 'logsOutAtTheApplication', 'logsOutAtTheIdp']

type Participant = StormPerson & { readonly part: Part }

export interface Storm {
  readonly replicas: Replicas
  readonly people: readonly Participant[]
  /** Names of those to whom a connection broke while they logged out. */
  readonly unconfirmed: ReadonlySet<string>
  /** What the balancers answered; 0 where a replica was gone before its answer was whole. */
  readonly answers: readonly { readonly status: number; readonly asked: string }[]
  readonly kills: number
}

interface Strength {
  readonly people: number
  /** How many of them are under way at once. */
  readonly atOnce: number
  readonly answersPerKill: number
}

/** Three replicas of each role; people log in and out, and one replica after the other is killed and started again. */
export async function storm({ people: count, atOnce, answersPerKill }: Strength): Promise<Storm> {
  const engine = await startRedisServer({ words: ['--appendonly', 'yes'] })
  onTestFinished(() => engine.stop())
  const names = Array.from({ length: count }, (_, index) => `person${index}`)
  const answers: { status: number; asked: string }[] = []
  const due = new EventEmitter()
  const onAnswer = (status: number, asked: string) => {
    answers.push({ status, asked })
    if (answers.length % answersPerKill === 0) due.emit('kill')
  }
  const words = ['--config', worldOf(names)]
  const replicas = await startReplicas(3, { store: engine.url, words, onAnswer })
  const people = await Promise.all(
    names.map(async (name, index) => ({
      ...(await createStormPerson(replicas.urls, name)),
      part: parts[index % parts.length] ?? 'staysLoggedIn',
    })),
  )
  const over = new AbortController()
  const killing = killInTurn(replicas, { due, over: over.signal })
  const unconfirmed = new Set<string>()
  const each = async (person: Participant) => {
    if (!(await takePart(person))) unconfirmed.add(person.name)
  }
  try {
    await takingTurns(people, { atOnce, each })
  } finally {
    over.abort()
  }
  return { replicas, people, unconfirmed, answers, kills: await killing }
}

function worldOf(names: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-storm-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'sloop.yml')
  writeFileSync(file, JSON.stringify({ users: names.map((name) => ({ name, email: `${name}@example.test` })) }))
  return file
}

/** Whether all that was to be done was confirmed. */
async function takePart({ part, logIn, logOut }: Participant): Promise<boolean> {
  await logIn()
  return part === 'staysLoggedIn' || logOut(part === 'logsOutAtTheIdp' ? 'idp' : 'app')
}

async function takingTurns<T>(
  all: readonly T[],
  { atOnce, each }: { atOnce: number; each: (one: T) => Promise<void> },
): Promise<void> {
  const waiting = [...all]
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await each(one)
  }
  await Promise.all(Array.from({ length: atOnce }, next))
}

/** Two live at any time. Resolves to how many were killed, once all live again. */
async function killInTurn({ each }: Replicas, on: { due: EventEmitter; over: AbortSignal }): Promise<number> {
  for (let kills = 0; ; kills += 1) {
    const isOver = await once(on.due, 'kill', { signal: on.over }).then(
      () => false,
      () => true,
    )
    const replica = each[kills % each.length]
    if (isOver || replica === undefined) return kills
    await replica.kill()
    await replica.start()
  }
}
