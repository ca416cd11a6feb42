import { onTestFinished } from 'vitest'
import { freePort } from '#server/store/redis/redis-server.test-support'
import { exitCode, firstLine, type Sloop, spawnSloop, startCommand } from '../cli/sloop-process.test-support.ts'
import { type RoundRobin, type Seen, startRoundRobin } from './round-robin.test-support.ts'

const roles = ['idp', 'es', 'app', 'partner'] as const
type Role = (typeof roles)[number]

/** Replicas of every role, as processes, behind a balancer for each role. */
export interface Replicas {
  /** Where browsers and peers reach the roles. */
  readonly urls: Readonly<Record<Role, string>>
  readonly each: readonly Replica[]
}

export interface Replica {
  /** Where its roles are reached past the balancers. */
  readonly urls: Readonly<Record<Role, string>>
  /** What it logged as a mistake of its own. */
  readonly mistakes: () => readonly string[]
  /** `kill -9`. Settled once it is gone. */
  kill(): Promise<void>
  /** SIGTERM. Its exit code. */
  stop(): Promise<number | null>
  /** Starts it, at the same ports. Settled once it is ready. */
  start(): Promise<void>
}

interface Started extends Seen {
  readonly store: string
  /** Further words of their command lines. */
  readonly words?: readonly string[]
}

/** Starts replicas at an engine, none of which outlives the test. */
export async function startReplicas(count: number, at: Started): Promise<Replicas> {
  const balancers = await byRole(() => startRoundRobin(at))
  onTestFinished(() => Object.values(balancers).forEach((balancer) => void balancer.close()))
  const urls = urlsAt(await byRole(async (role) => balancers[role].port))
  const publicUrls = roles.flatMap((role) => ['--public-url', `${role}=${urls[role]}`])
  const words = ['--store', at.store, ...publicUrls, ...(at.words ?? [])]
  const each = await Promise.all(Array.from({ length: count }, () => makeReplica(balancers, words)))
  await Promise.all(each.map((replica) => replica.start()))
  return { urls, each }
}

async function makeReplica(balancers: Record<Role, RoundRobin>, words: readonly string[]): Promise<Replica> {
  const ports = await byRole(() => freePort())
  const own = roles.flatMap((role) => [`--${role}-port`, `${ports[role]}`])
  const [node, script] = startCommand
  let log = ''
  let child: Sloop | undefined
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child === undefined) return null
    const ended = exitCode(child)
    child.kill(signal)
    return ended
  }
  return {
    urls: urlsAt(ports),
    mistakes: () => log.split('\n').filter((line) => line.includes('"level":50')),
    kill: async () => void (await end('SIGKILL')),
    stop: () => end('SIGTERM'),
    start: async () => {
      const started = spawnSloop(node, [script, ...own, ...words, '--json'])
      child = started
      started.stderr.on('data', (text) => {
        log += text
      })
      started.once('exit', () => roles.forEach((role) => void balancers[role].ready.delete(ports[role])))
      await firstLine(started.stdout)
      for (const role of roles) balancers[role].ready.add(ports[role])
    },
  }
}

async function byRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made = await Promise.all(roles.map(async (role) => [role, await make(role)] as const))
  return Object.fromEntries(made) as Record<Role, T>
}

const urlsAt = (ports: Readonly<Record<Role, number>>): Record<Role, string> => ({
  idp: `http://idp.localhost:${ports.idp}`,
  es: `http://localhost:${ports.es}`,
  app: `http://app.localhost:${ports.app}`,
  partner: `http://partner.localhost:${ports.partner}`,
})
