import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { importCycles } from './boundaries/import-cycles.ts'
import { brokenRules, type Rule, sharedPackages, unresolvedImports } from './boundaries/import-rules.ts'
import { type SourceFile, scanSource } from './boundaries/source-file.ts'
import { unusedExports } from './boundaries/unused-exports.ts'

const repository = fileURLToPath(new URL('..', import.meta.url))
const sourceRoots = ['core', 'idp', 'sp-emulator', 'harness', 'scenarios', 'e2e', 'bench']
const frameworkFiles = /\/(routes|pages|control|console|diagram|es\/rest)\/|(^|\/|-)app\.tsx?$/

/** Arrows point only downward. */
const layers: readonly Rule[] = [
  { filesIn: 'core/saml', importOnly: ['core/saml'], because: 'the protocol is pure and knows no process' },
  {
    filesIn: 'core/server',
    importOnly: ['core/server'],
    because: 'how an app becomes a process has nothing to do with SAML',
  },
  { filesIn: 'idp', importOnly: ['idp', 'core'], because: 'the IdP meets the others over HTTP and metadata only' },
  {
    filesIn: 'sp-emulator',
    importOnly: ['sp-emulator', 'core'],
    because: 'it meets the IdP over HTTP and metadata only',
  },
  {
    filesIn: 'harness',
    importOnly: ['harness', 'idp', 'sp-emulator', 'core'],
    because: 'scenarios stand on the harness',
  },
  {
    filesIn: 'scenarios',
    importOnly: ['scenarios', 'harness', 'idp', 'sp-emulator', 'core'],
    because: 'e2e stands on them',
  },
]

const privacy: readonly Rule[] = [
  // Changes are loaded with the first, and not with the IdP.
  { folder: 'idp', onlyThrough: ['idp/index.ts', 'idp/changes/index.ts'], because: 'the rest is private' },
  { folder: 'sp-emulator', onlyThrough: ['sp-emulator/index.ts'], because: 'the rest is private' },
  {
    filesIn: 'sp-emulator/webapp',
    neverImport: ['core/saml', 'sp-emulator/es', 'sp-emulator/realm', 'sp-emulator/tokens'],
    because: 'the client application must not parse the query string (es:saml-invalidate)',
  },
  {
    filesIn: 'sp-emulator/partner',
    importOnly: ['sp-emulator/partner', 'core/server'],
    because: 'it is the second, independent implementation',
  },
  {
    filesIn: 'sp-emulator/tokens',
    neverImport: ['core/saml', 'sp-emulator/realm', 'sp-emulator/es', 'sp-emulator/webapp'],
    because: 'tokens know nothing of SAML beyond an opaque metadata record',
  },
  {
    filesIn: 'sp-emulator/realm',
    neverImport: ['sp-emulator/es', 'sp-emulator/webapp'],
    because: 'the realm speaks SAML and no REST',
  },
  {
    filesIn: 'scenarios/scenario',
    importOnly: [
      'scenarios/scenario',
      'scenarios/network/condition.ts',
      'harness/index.ts',
      'core/server/suggestions.ts',
    ],
    exceptTests: true,
    because: 'the model says what a story is, and nothing of how it is told',
  },
  {
    filesIn: 'scenarios/catalogue',
    importOnly: ['scenarios/catalogue', 'scenarios/scenario', 'scenarios/network/condition.ts'],
    exceptTests: true,
    because: 'the catalogue is data: it imports only the model',
  },
  {
    filesIn: 'scenarios/network',
    importOnly: ['scenarios/network', 'harness', 'core/server'],
    exceptTests: true,
    because: 'a network carries octets, whoever tells what over it',
  },
  {
    filesIn: 'scenarios/drivers',
    importOnly: ['scenarios/drivers', 'scenarios/scenario', 'harness/browsing', 'core/server'],
    exceptTests: true,
    because: 'a driver knows pages and people, no SAML and no story',
  },
  {
    filesIn: 'scenarios/report',
    importOnly: [
      ...['scenarios/report', 'scenarios/scenario', 'harness', 'core'],
      ...['scenario-result', 'facts', 'write-whole'].map((name) => `scenarios/run/${name}.ts`),
    ],
    exceptTests: true,
    because: 'a report tells what came of a run, and runs nothing',
  },
  {
    filesIn: 'scenarios/catalogue',
    neverImport: ['playwright', 'vitest'],
    exceptTests: true,
    because: 'the catalogue is data',
  },
]

const packages: readonly Rule[] = [
  { imported: ['hono'], onlyBy: frameworkFiles, because: 'decisions know no framework' },
  { imported: ['@hono/node-server'], onlyBy: /^core\/server\/serve\.ts$/, because: 'one place opens a socket' },
  {
    imported: ['@node-saml/node-saml'],
    onlyBy: /^(sp-emulator\/partner|bench)\//,
    exceptTests: true,
    because: 'it is the independent oracle and never judges for us',
  },
  {
    imported: ['redis'],
    onlyBy: /^core\/server\/store\/redis\/client-library\.ts$|^bench\/scale\/engine\.ts$/,
    exceptTests: true,
    because: 'it is loaded, and need be installed, only where somebody keeps state in an engine',
  },
  {
    imported: ['xml-encryption', 'xml2js'],
    onlyBy: /^$/,
    because: 'they come with the independent oracle, and are none of ours',
  },
  {
    imported: ['@modelcontextprotocol/sdk'],
    onlyBy: /^harness\/mcp\//,
    exceptTests: true,
    because: 'it is loaded, and need be installed, only where it is asked for',
  },
  {
    imported: ['sloop'],
    onlyBy: /^harness\/cli\/run\.ts$|^e2e\//,
    exceptTests: true,
    because:
      'by its own name a package gets around the layers: the one command that stands upon scenarios asks for them when somebody types it',
  },
  {
    imported: ['vitest', 'playwright'],
    onlyBy: /\.(spec|test|test-support)\.tsx?$|^(scenarios|e2e)\//,
    because: 'test runners stay in tests',
  },
]

const words: readonly Rule[] = [
  {
    written: /\bDate\.now\b|\bnew Date\(\s*\)/,
    onlyIn: /^core\/server\/clock\.ts$/,
    because: 'the clock is injected, so that a test can stand at the boundary instant',
  },
  {
    written: /\bprocess\.env\b/,
    onlyIn: /^harness\/(cli|bootstrap)\/|^e2e\/playwright\.config\.ts$|^core\/left-behind\./,
    because: 'only the cli reads the environment',
  },
  {
    written: /\bcreateServer\b/,
    onlyIn: /^core\/server\/serve\.ts$|^bench\/(over-socket|scale\/balancer)\.ts$/,
    exceptTests: true,
    because: 'one place opens a socket, beside what a benchmark compares it with',
  },
  {
    written: /\bawait using\b/,
    onlyIn: /\.test(-support)?\.tsx?$|^(e2e|examples)\//,
    because: 'Node 20 does not know it, and what the bundle writes in its place needs a package that is not installed',
  },
]

const singleDoor = ['xml-crypto', '@xmldom/xmldom', 'selfsigned', 'node-forge', 'saxes', 'pino', 'yaml']

/** What the package offers, and what a program takes that runs before anything is built. */
const doors = /^(harness|scenarios)\/index\.ts$|^scenarios\/(playwright|vitest|scenario\/expected|sabotage\/main)\.ts$/

function pathsUnder(root: string, extensions: RegExp): string[] {
  if (!existsSync(join(repository, root))) return []
  return readdirSync(join(repository, root), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && extensions.test(entry.name))
    .map((entry) => relative(repository, join(entry.parentPath, entry.name)).split(sep).join('/'))
}

function scanned(paths: readonly string[]): SourceFile[] {
  return paths.map((path) => scanSource(path, readFileSync(join(repository, path), 'utf8')))
}

const sources = scanned(sourceRoots.flatMap((root) => pathsUnder(root, /\.tsx?$/)))

test('the sources were found', () => {
  expect(sources.map((file) => file.path)).toContain('core/boundaries.test.ts')
  expect(sources.find((file) => file.path === 'core/server/serve.ts')?.imports).toContain('core/server/config-error.ts')
})

test.each([
  ['arrows between layers point downward', layers],
  ['private parts stay private', privacy],
  ['packages stay where they belong', packages],
  ['time, environment and sockets are taken in one place', words],
])('%s', (_title, rules) => {
  expect(sources.flatMap((file) => brokenRules(file, rules))).toEqual([])
})

test('a package with one door is imported by one file', () => {
  expect(sharedPackages(sources, singleDoor)).toEqual([])
})

test('every import of ours leads to a file', () => {
  expect(unresolvedImports(sources, (path) => existsSync(join(repository, path)))).toEqual([])
})

test('no file imports itself by any way around', () => {
  expect(importCycles(sources)).toEqual([])
})

test('every value that a file exports, and all that an index does, has a user outside of it', () => {
  expect(unusedExports(sources, doors)).toEqual([])
})

test('until it is ready, a start of the default world loads no package but two', () => {
  const start = ['cli/main', 'cli/up', 'roles/roles', 'roles/run-together'].map((name) => `harness/${name}.ts`)
  expect(packagesLoadedBy(start)).toEqual(['commander', 'saxes'])
})

/** Without those of Node. */
function packagesLoadedBy(paths: readonly string[]): string[] {
  const byPath = new Map(sources.map((file) => [file.path, file]))
  const loaded = new Set(paths)
  for (const path of loaded) for (const target of byPath.get(path)?.loads ?? []) loaded.add(target)
  return [...loaded].filter((name) => !byPath.has(name) && !name.startsWith('node:')).sort()
}

test('no folder is a drawer', () => {
  const drawers = /(^|\/)(utils?|helpers?|lib|common|misc|shared)\//
  expect(sources.map((file) => file.path).filter((path) => drawers.test(path))).toEqual([])
})

test('what runs before anything is installed imports nothing that would have to be', () => {
  const bootstrap = scanned(pathsUnder('harness/bootstrap', /\.mjs$/))
  const allowed =
    /^node:|^harness\/bootstrap\/[^/]+\.mjs$|^dist\/(harness\/cli|bench|scenarios\/(?:conformance|sabotage|run))\/main\.js$/
  const foreign = bootstrap.flatMap((file) => file.imports.filter((name) => !allowed.test(name)))
  expect(foreign).toEqual([])
})
