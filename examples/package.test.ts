import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'

const repository = fileURLToPath(new URL('..', import.meta.url))
const node = (args: readonly string[], cwd = repository) =>
  execFileSync(process.execPath, args, { cwd, encoding: 'utf8' })

const builds = "import('./harness/bootstrap/build.mjs').then(({ ensureBuild }) => ensureBuild())"

/** A folder whose program has the package and what that depends on, but not playwright. */
function consumer(): string {
  node(['--eval', builds])
  const folder = mkdtempSync(join(tmpdir(), 'sloop-consumer-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const installed = [
    ...Object.keys(dependencies),
    ...readdirSync(join(repository, 'node_modules/@types')).map((name) => `@types/${name}`),
    'undici-types',
  ]
  for (const name of installed) link(join(repository, 'node_modules', name), join(folder, 'node_modules', name))
  for (const part of ['dist', 'package.json']) link(join(repository, part), join(folder, 'node_modules/sloop', part))
  return folder
}

function link(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true })
  symlinkSync(from, to)
}

const program = `
import { startLab } from 'sloop'
import { browsersOf, createHttpBrowser, getScenario, httpBrowsers, launchBrowsers, runScenario } from 'sloop/scenarios'

await using lab = await startLab()
const report = await runScenario(getScenario('logout/sp-initiated'), { lab, openBrowser: httpBrowsers })
const claimed: string = report.claimed.text
const tab = await createHttpBrowser().tab('first')
export { browsersOf, claimed, launchBrowsers, tab }
`

const compilerOptions = {
  module: 'nodenext',
  target: 'es2022',
  lib: ['es2023', 'esnext.disposable'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: false,
  preserveSymlinks: true,
}

test('the types of the package need no playwright, whoever checks libraries too', () => {
  const folder = consumer()
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  writeFileSync(join(folder, 'program.ts'), program)
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
  const tsc = join(repository, 'node_modules/typescript/bin/tsc')
  // Several checkers at a time would each work out the same types.
  expect(() => node([tsc, '-p', '.', '--singleThreaded'], folder)).not.toThrow()
}, 60_000)

test('the pictures of the README are in the package', () => {
  const pictures = [...readFileSync(join(repository, 'README.md'), 'utf8').matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)]
  const { files } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { files: string[] }
  expect(pictures.length).toBeGreaterThan(0)
  expect(files).toContain('docs/*.png')
  for (const [, picture] of pictures) expect(picture).toMatch(/^docs\/[\w-]+\.png$/)
})
