import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A folder that looks like a fresh clone, whose npm, compiler and test runners only note that they ran. For tests of the bootstrap. */
export interface BareClone {
  readonly folder: string
  write(path: string, text: string): void
  /** Makes a file newer than everything that was written so far. */
  touch(path: string): void
  /** Makes a file or folder that many seconds old. */
  age(path: string, seconds: number): void
  has(path: string): boolean
  /** What was run since the last time this was asked, in order. */
  ran(): string[]
  node(script: string, args?: readonly string[], env?: Record<string, string>): Outcome
  remove(): void
}

export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
}

const note = (text: string) => `require('node:fs').appendFileSync('ran.log', ${JSON.stringify(`${text}\n`)});`
const writeFile = (path: string, text: string) => `
  require('node:fs').mkdirSync(require('node:path').dirname(${JSON.stringify(path)}), { recursive: true });
  require('node:fs').writeFileSync(${JSON.stringify(path)}, ${JSON.stringify(text)});`

const cliMain = "process.stdout.write('sloop ' + process.argv.slice(2).join(' '))"
const compiler = `if (process.argv.includes('--noEmit')) { ${note('types')} } else { ${note('declarations')} }`
const bundler = `exports.build = async ({ output }) => {
  const main = output.dir + '/harness/cli/main.js';
  ${note('build')}
  require('node:fs').mkdirSync(require('node:path').dirname(main), { recursive: true });
  require('node:fs').writeFileSync(main, ${JSON.stringify(cliMain)}); }`

/** A runner that writes its report where it was told to. */
const unitRunner = `${note('unit tests')}
  const path = process.argv.find((word) => word.startsWith('--outputFile.json=')).split('=')[1];
  require('node:fs').writeFileSync(path, '{"numPassedTests":3,"numFailedTests":0,"testResults":[]}');`
const browserRunner = `${note('browser tests')}
  require('node:fs').writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME,
    '{"config":{},"stats":{"expected":2,"flaky":0,"unexpected":0,"skipped":0},"suites":[],"errors":[]}');`

const installed: Readonly<Record<string, string>> = {
  'node_modules/typescript/bin/tsc': compiler,
  'node_modules/rolldown/index.js': bundler,
  'node_modules/@biomejs/biome/bin/biome': note('lint'),
  'node_modules/vitest/vitest.mjs': `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url); ${unitRunner}`,
  'node_modules/playwright/cli.js': browserRunner,
}
const npm = `if (process.argv[2] !== 'ci') process.exit(9); console.log('added 4 packages'); ${note('install')}
  require('node:fs').rmSync('node_modules', { recursive: true, force: true });
  require('node:fs').mkdirSync('node_modules', { recursive: true });
  require('node:fs').copyFileSync('package-lock.json', 'node_modules/.package-lock.json');
  ${Object.entries(installed)
    .map(([path, text]) => writeFile(path, text))
    .join('\n')}`

export function lockFile(version: string): string {
  return JSON.stringify({
    packages: {
      '': {},
      'node_modules/hono': { version },
      'node_modules/other-system': { version: '1.0.0', optional: true },
    },
  })
}

const now = (): number => performance.timeOrigin + performance.now()

const temporaryFolder = () => mkdtempSync(join(tmpdir(), 'sloop-clone-'))

export function bareClone(): BareClone {
  const clone = cloneIn(temporaryFolder())
  const at = (path: string) => join(clone.folder, path)
  cpSync(fileURLToPath(new URL('.', import.meta.url)), at('harness/bootstrap'), { recursive: true })
  cpSync(fileURLToPath(new URL('../bundle.mjs', import.meta.url)), at('harness/bundle.mjs'))
  clone.write('npm.cjs', npm)
  clone.write('package.json', '{}')
  clone.write('package-lock.json', lockFile('4.0.0'))
  clone.write('core/a.ts', '')
  clone.write('ran.log', '')
  return clone
}

/** Another clone with the same files, as old as those. */
export function copyOf({ folder }: BareClone): BareClone {
  const clone = cloneIn(temporaryFolder())
  cpSync(folder, clone.folder, { recursive: true, preserveTimestamps: true })
  return clone
}

function cloneIn(folder: string): BareClone {
  const at = (path: string) => join(folder, path)
  const write = (path: string, text: string) => {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  let newest = 0
  return {
    folder,
    write,
    touch: (path) => {
      newest += 60
      const later = new Date(now() + newest * 1000)
      utimesSync(at(path), later, later)
    },
    age: (path, seconds) => {
      const then = new Date(now() - seconds * 1000)
      utimesSync(at(path), then, then)
    },
    has: (path) => existsSync(at(path)),
    ran: () => {
      const lines = readFileSync(at('ran.log'), 'utf8').trimEnd()
      write('ran.log', '')
      return lines === '' ? [] : lines.split('\n')
    },
    node: (script, args = [], env = {}) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [at(`harness/bootstrap/${script}`), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...env, npm_execpath: at('npm.cjs') },
      })
      return { code: status, stdout, stderr }
    },
    remove: () => rmSync(folder, { recursive: true }),
  }
}
