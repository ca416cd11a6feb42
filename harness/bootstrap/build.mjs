import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { whileOthersWait } from './lock.mjs'
import { prepareWith, repository } from './repository.mjs'

const sourceRoots = ['core', 'idp', 'sp-emulator', 'harness', 'scenarios', 'bench']
const settings = [
  'package.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'harness/bundle.mjs',
  'harness/bootstrap/build.mjs',
  'node_modules/.package-lock.json',
]

/** Builds dist/ unless every source is older than the last build. Of several that start at once one builds, and the others wait for it. */
export function ensureBuild() {
  if (!isStale(repository)) return
  whileOthersWait(() => {
    if (isStale(repository)) build()
  })
}

/** Builds dist/ whatever is there. */
export function rebuild() {
  whileOthersWait(build)
}

/** Builds aside and renames, so that nobody ever loads a dist/ that is half written or holds what was deleted. */
function build() {
  const begun = new Date()
  const fresh = join('node_modules', '.sloop-dist')
  rmSync(join(repository, fresh), { recursive: true, force: true })
  const tsc = join('node_modules', 'typescript', 'bin', 'tsc')
  prepareWith(process.execPath, [join('harness', 'bundle.mjs'), fresh], 'building')
  // Several checkers would each work out the same types.
  const declarations = [tsc, '-p', 'tsconfig.build.json', '--singleThreaded', '--outDir', fresh]
  prepareWith(process.execPath, declarations, 'writing down the types')
  // npm makes a program of it only when it links it, and a link to the build before goes on to this one.
  chmodSync(join(repository, fresh, 'harness', 'cli', 'main.js'), 0o755)
  const dist = join(repository, 'dist')
  const old = join(repository, 'node_modules', '.sloop-dist-before')
  rmSync(old, { recursive: true, force: true })
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(join(repository, fresh), dist)
  rmSync(old, { recursive: true, force: true })
  stamp(repository, begun)
}

function isStale(folder) {
  const builtAt = statSync(stampOf(folder), { throwIfNoEntry: false })?.mtimeMs
  return builtAt === undefined || [...sourcesIn(folder)].some((path) => statSync(path).mtimeMs > builtAt)
}

/** The stamp is as old as the beginning of the build: what was saved during it is newer. */
function stamp(folder, begun) {
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
    else if (/\.tsx?$/.test(entry.name) && !/\.test(-support)?\.tsx?$/.test(entry.name)) yield path
  }
}
