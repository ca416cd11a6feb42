import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const here = fileURLToPath(new URL('.', import.meta.url))
const examples = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory())
const builds = "import('./harness/bootstrap/build.mjs').then(({ ensureBuild }) => ensureBuild())"

interface Place {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

async function run(program: string, args: readonly string[], { cwd, env }: Place): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, timeout: 150_000 }
  return (await promisify(execFile)(program, args, options)).stdout
}

function npm(args: readonly string[], place: Place): Promise<string> {
  const path = process.env['npm_execpath']
  return path === undefined ? run('npm', args, place) : run(process.execPath, [path, ...args], place)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A copy of an example as deep below the tarball as it is below the repository, at an application port of its own. */
async function copyOf(example: string) {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-example-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const cwd = join(folder, 'examples', example)
  const isSource = (path: string) => !['node_modules', 'package-lock.json'].includes(basename(path))
  cpSync(join(here, example), cwd, { recursive: true, filter: isSource })
  const port = await freePort()
  const manifest = readFileSync(join(cwd, 'package.json'), 'utf8')
  writeFileSync(join(cwd, 'package.json'), manifest.replaceAll('localhost:3000', `localhost:${port}`))
  return { folder, cwd, env: { PORT: String(port), XDG_CACHE_HOME: join(folder, 'cache') } }
}

test.each(examples.map(({ name }) => name))(
  'the tests of the example %s pass with the packed product installed',
  async (example) => {
    await run(process.execPath, ['--eval', builds], { cwd: repository })
    const { folder, ...place } = await copyOf(example)
    await npm(['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: repository })
    await npm(['install', '--include=dev', '--prefer-offline', '--no-audit', '--no-fund'], place)
    const summary = await npm(['test'], place)
    const counts = [...summary.matchAll(/^\S+ (pass|fail) (\d+)$/gm)].map(([, what, count]) => [
      what,
      Number(count) > 0,
    ])
    expect(counts.length).toBeGreaterThan(0)
    expect(counts.filter(([what, some]) => (what === 'pass') !== some)).toEqual([])
  },
  180_000,
)
