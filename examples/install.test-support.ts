import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { npm, repository, run } from './npm.test-support.ts'

const here = fileURLToPath(new URL('.', import.meta.url))

interface Manifest {
  readonly bin?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

type Locked = Readonly<Record<string, { readonly version?: string; readonly link?: boolean }>>

const readJson = (path: string) => JSON.parse(readFileSync(path, 'utf8'))

/**
 * Puts the examples into a folder, as deep below the packed product as they are below the repository. npm chooses the versions of what they and the
 * product ask for; each has to be the one of the repository, which is linked: unpacking a hundred others takes longer than all examples.
 */
export async function installInto(folder: string): Promise<void> {
  const isSource = (path: string) =>
    !['node_modules', 'package-lock.json'].includes(basename(path)) && !path.endsWith('.ts')
  cpSync(here, join(folder, 'examples'), { recursive: true, filter: isSource })
  const { packages } = readJson(join(repository, 'package-lock.json'))
  const workspaces = ['examples/*']
  const lock = { lockfileVersion: 3, requires: true, packages: { ...packages, '': { workspaces } } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, workspaces }))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
  await npm(['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: repository })
  await npm(['install', '--package-lock-only', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder })
  expectVersionsOf(packages, readJson(join(folder, 'package-lock.json')).packages)
  await unpack(folder)
  linkDependencies(folder)
}

function expectVersionsOf(known: Locked, chosen: Locked): void {
  const others = Object.entries(chosen).filter(
    ([path, { version, link }]) =>
      path.startsWith('node_modules/') &&
      link !== true &&
      path !== 'node_modules/sloop' &&
      known[path]?.version !== version,
  )
  if (others.length > 0) throw new Error(`npm chooses what is not installed here: ${JSON.stringify(others)}`)
}

async function unpack(folder: string): Promise<void> {
  const [tarball = ''] = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const sloop = join(folder, 'node_modules/sloop')
  mkdirSync(sloop, { recursive: true })
  await run('tar', ['-xzf', join(folder, tarball), '--strip-components=1', '-C', sloop], { cwd: folder })
  const { bin = {} }: Manifest = readJson(join(sloop, 'package.json'))
  for (const [name, path] of Object.entries(bin)) {
    chmodSync(join(sloop, path), 0o755)
    link(join(sloop, path), join(folder, 'node_modules/.bin', name))
  }
}

/** Only what a manifest names: who imports more than that does not find it. */
function linkDependencies(folder: string): void {
  const examples = readdirSync(join(folder, 'examples'))
  const manifests: Manifest[] = ['node_modules/sloop', ...examples.map((name) => join('examples', name))].map((path) =>
    readJson(join(folder, path, 'package.json')),
  )
  const [product, ...theirs] = manifests
  const names = [product?.dependencies, ...theirs.flatMap((each) => [each.dependencies, each.devDependencies])]
  for (const name of new Set(names.flatMap((each) => Object.keys(each ?? {})))) {
    if (name === 'sloop') continue
    const from = examples.includes(name) ? join(folder, 'examples') : join(repository, 'node_modules')
    link(join(from, name), join(folder, 'node_modules', name))
  }
  for (const program of ['playwright', 'vitest']) {
    link(join(repository, 'node_modules/.bin', program), join(folder, 'node_modules/.bin', program))
  }
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}
