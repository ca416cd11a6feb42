import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from '#server/serve'
import { startBalancer } from './balancer.ts'

const sloop = fileURLToPath(new URL('../harness/cli/main.js', import.meta.url))

export type Role = 'idp' | 'es' | 'app'

/** One process of each role over an engine of its own, so that the processor time of each can be told. */
export interface Processes {
  readonly storeUrl: string
  readonly urls: Readonly<Record<Role, string>>
  readonly pids: Readonly<Record<Role, number>>
  close(): Promise<void>
}

/** Entries of the journal: as few as can be, so that it is full soon and what is measured is what it costs when it is. */
const leastJournal = '100'

/** Starts Debian's `redis-server`, which writes down every second as it does by default with `appendonly`, and the roles. */
export async function startProcesses(): Promise<Processes> {
  const [idp, es, app] = await freePorts(3)
  const urls = urlsAt({ idp, es, app })
  return withEngine(async (storeUrl, start) => {
    const role = (name: string, args: readonly string[]) => start([name, ...args, '--store', storeUrl])
    const [idpPid, esPid, appPid] = await Promise.all([
      role('idp', ['--idp-port', `${idp}`, '--sp-metadata', `${urls.app}/api/security/saml/metadata`]),
      role('es', ['--es-port', `${es}`, '--idp-url', `${urls.idp}/metadata`, '--app-url', urls.app]),
      role('app', ['--app-port', `${app}`, '--es-url', urls.es]),
    ])
    return { storeUrl, urls, pids: { idp: idpPid, es: esPid, app: appPid } }
  })
}

/** Processes with all three roles over an engine of their own, behind balancers in this process that give each connection to the next. */
export interface ReplicaProcesses extends Omit<Processes, 'pids'> {
  readonly pids: readonly number[]
}

export async function startReplicas(count: number): Promise<ReplicaProcesses> {
  const { balancers, close: closeBalancers } = await startBalancers()
  const urls = urlsAt({ idp: balancers.idp.port, es: balancers.es.port, app: balancers.app.port })
  const published = roles.flatMap((role) => ['--public-url', `${role}=${urls[role]}`])
  const started = await withEngine(async (storeUrl, start) => {
    const one = async (): Promise<number> => {
      const ports = await freePorts(roles.length)
      const own = roles.flatMap((role, index) => [`--${role}-port`, `${ports[index]}`])
      const pid = await start(['up', ...own, ...published, '--store', storeUrl])
      for (const [index, role] of roles.entries()) balancers[role].ports.push(ports[index] ?? 0)
      return pid
    }
    const pids: number[] = []
    while (pids.length < count) pids.push(await one())
    return { storeUrl, urls, pids }
  })
  return { ...started, close: () => started.close().finally(closeBalancers) }
}

const roles = ['idp', 'es', 'app'] as const

async function startBalancers() {
  const [idp, es, app] = [await startBalancer(), await startBalancer(), await startBalancer()]
  return { balancers: { idp, es, app }, close: () => [idp, es, app].forEach((balancer) => void balancer.close()) }
}

const urlsAt = ({ idp, es, app }: Readonly<Record<Role, number | undefined>>) => ({
  idp: `http://idp.localhost:${idp}`,
  es: `http://localhost:${es}`,
  app: `http://app.localhost:${app}`,
})

type Program = readonly [program: string, words: readonly string[], ready: string]

const engineIn = (folder: string, port: number): Program => [
  'redis-server',
  ['--port', `${port}`, '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'yes'],
  'Ready to accept connections',
]

/** An engine alone. */
export async function startEngine(folder: string): Promise<{ readonly url: string; close(): Promise<void> }> {
  const [port = 0] = await freePorts(1)
  const [program, words, ready] = engineIn(folder, port)
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'ignore'] })
  await untilItSays(child, ready)
  return { url: `redis://127.0.0.1:${port}`, close: () => end(child) }
}

type Start = (words: readonly string[]) => Promise<number>

/** Whatever is started here ends with it, the engine last. */
async function withEngine<T>(
  startRoles: (storeUrl: string, start: Start) => Promise<T>,
): Promise<T & { close(): Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-bench-scale-'))
  const [store] = await freePorts(1)
  const started: ChildProcess[] = []
  const close = async () => {
    for (const child of started.splice(0).reverse()) await end(child)
    rmSync(folder, { recursive: true })
  }
  const start = async (program: string, args: readonly string[], ready: string): Promise<number> => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'] })
    started.push(child)
    await untilItSays(child, ready)
    return child.pid ?? 0
  }
  try {
    await start(...engineIn(folder, store ?? 0))
    const common = ['--journal-size', leastJournal, '--json']
    const roles = await startRoles(`redis://127.0.0.1:${store}`, (words) =>
      start(process.execPath, [sloop, ...words, ...common], '{'),
    )
    return { ...roles, close }
  } catch (error) {
    await close()
    throw error
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  await ended
}

async function untilItSays(child: ChildProcess, words: string): Promise<void> {
  let said = ''
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${child.spawnargs.join(' ')} ended before it was ready`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-10_000)
      if (said.includes(words)) resolve()
    })
  })
}

/** As many different ones as are wanted. */
async function freePorts(count: number): Promise<number[]> {
  const listeners = await Promise.all(Array.from({ length: count }, () => listen({ host: '127.0.0.1', port: 0 })))
  await Promise.all(listeners.map(({ close }) => close()))
  return listeners.map(({ port }) => port)
}
