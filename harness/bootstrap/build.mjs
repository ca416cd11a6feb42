import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareWith, repository } from './repository.mjs'

const sourceRoots = ['core', 'idp', 'sp-emulator', 'harness', 'scenarios', 'bench']
const settings = ['package.json', 'tsconfig.json', 'tsconfig.build.json', 'node_modules/.package-lock.json']

/** Builds into dist/ unless every source is older than the last build. */
export function ensureBuild() {
  if (!isStale(repository)) return
  const begun = new Date()
  prepareWith(
    process.execPath,
    [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', 'tsconfig.build.json'],
    'building',
  )
  stamp(repository, begun)
}

export function isStale(folder) {
  const builtAt = statSync(stampOf(folder), { throwIfNoEntry: false })?.mtimeMs
  return builtAt === undefined || [...sourcesIn(folder)].some((path) => statSync(path).mtimeMs > builtAt)
}

/** The stamp is as old as the beginning of the build: what was saved during it is newer. */
export function stamp(folder, begun) {
  mkdirSync(join(folder, 'dist'), { recursive: true })
  writeFileSync(stampOf(folder), '')
  utimesSync(stampOf(folder), begun, begun)
}

function stampOf(folder) {
  return join(folder, 'dist', '.built')
}

function* sourcesIn(folder) {
  for (const path of settings) if (existsSync(join(folder, path))) yield join(folder, path)
  for (const root of sourceRoots) {
    if (existsSync(join(folder, root))) yield* sourcesBelow(join(folder, root))
  }
}

function* sourcesBelow(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* sourcesBelow(path)
    else if (/\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name)) yield path
  }
}
