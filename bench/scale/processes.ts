import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { listen } from '#server/serve'

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
  const folder = mkdtempSync(join(tmpdir(), 'sloop-bench-scale-'))
  const [store, idp, es, app] = await freePorts(4)
  const storeUrl = `redis://127.0.0.1:${store}`
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
  const role = (name: string, args: readonly string[]) =>
    start(process.execPath, [sloop, name, ...args, '--journal-size', leastJournal, '--store', storeUrl, '--json'], '{')
  const urls = {
    idp: `http://idp.localhost:${idp}`,
    es: `http://localhost:${es}`,
    app: `http://app.localhost:${app}`,
  }
  const places = ['--port', `${store}`, '--bind', '127.0.0.1', '--dir', folder]
  try {
    await start('redis-server', [...places, '--save', '', '--appendonly', 'yes'], 'Ready to accept connections')
    const [idpPid, esPid, appPid] = await Promise.all([
      role('idp', ['--idp-port', `${idp}`, '--sp-metadata', `${urls.app}/api/security/saml/metadata`]),
      role('es', ['--es-port', `${es}`, '--idp-url', `${urls.idp}/metadata`, '--app-url', urls.app]),
      role('app', ['--app-port', `${app}`, '--es-url', urls.es]),
    ])
    return { storeUrl, urls, pids: { idp: idpPid, es: esPid, app: appPid }, close }
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
