import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { type BareClone, bareClone, copyOf } from './bare-clone.test-support.ts'

/** The environment on a system that has a browser; the tools are those of this machine. */
function withBrowser({ folder }: BareClone): Record<string, string> {
  return { PATH: `/usr/bin:/bin`, SLOOP_CHROMIUM: join(folder, 'browser/chromium') }
}

const first = bareClone()
afterAll(() => first.remove())
first.write('browser/chromium', '#!/bin/sh\n')
chmodSync(join(first.folder, 'browser/chromium'), 0o755)
const firstTest = first.node('test.mjs', [], withBrowser(first))
const ranFirst = first.ran()

/** A clone in which `npm test` has run once. */
function testedClone(): { clone: BareClone; env: Record<string, string> } {
  const clone = copyOf(first)
  onTestFinished(() => clone.remove())
  return { clone, env: withBrowser(clone) }
}

test('test installs and runs every step, and closes with the sum', () => {
  expect(firstTest.code).toBe(0)
  expect(firstTest.stdout).toMatch(/\n5 passed, 0 failed\n$/)
  expect(ranFirst[0]).toBe('install')
  expect(ranFirst.slice(1, 5).toSorted()).toEqual(['build', 'declarations', 'lint', 'types'])
  expect(ranFirst.slice(5).toSorted()).toEqual(['browser tests', 'unit tests'])
})

test('every step closes with a line of its own', () => {
  const lines = firstTest.stdout.replace(/\d+\.\d/g, 'N').split('\n')
  expect(lines.slice(0, 6)).toEqual([
    'ok: types (N s)',
    'ok: lint (N s)',
    'ok: build (N s)',
    'ok: unit tests (N s)',
    'ok: browser tests (N s)',
    expect.stringMatching(/^not run: peers: SLOOP_PEERS=1 is not set, /),
  ])
})

test('with the peers, theirs is the last step, and it is listed with a reason without them', () => {
  const { clone } = testedClone()
  clone.write(
    'harness/bootstrap/list.mjs',
    `import { testSteps } from './test-steps.mjs'
    for (const withPeers of [true, false]) console.log(JSON.stringify(testSteps('reports', { withPeers }).at(-1)))`,
  )
  const [withThem, without] = clone
    .node('list.mjs')
    .stdout.split('\n')
    .map((line) => line && JSON.parse(line))
  expect(withThem.args).toContain('e2e/peers/playwright.config.ts')
  expect(withThem).not.toHaveProperty('notRun')
  expect(without).toEqual({ name: 'peers', notRun: expect.stringMatching(/^SLOOP_PEERS=1 is not set, /) })
})

test('beside a step that fails others end, and behind it none begins', () => {
  const { clone, env } = testedClone()
  clone.write('node_modules/@biomejs/biome/bin/biome', 'process.exit(1)')
  const { code, stdout } = clone.node('test.mjs', [], env)
  expect(code).toBe(1)
  expect(stdout).toMatch(/^ok: types .*\nFAILED: lint .*\nok: build .*\n0 passed, 1 failed\n$/)
  expect(clone.ran().toSorted()).toEqual(['build', 'declarations', 'types'])
})

test('a runner that crashes counts as one failure', () => {
  const { clone, env } = testedClone()
  clone.write('node_modules/vitest/vitest.mjs', 'process.exit(1)')
  expect(clone.node('test.mjs', [], env).stdout).toMatch(
    /\nFAILED: unit tests .*\nok: browser tests .*\n\d passed, 1 failed\n$/,
  )
})

const vitestReport = {
  numPassedTests: 2,
  numFailedTests: 1,
  testResults: [
    { name: 'core/a.test.ts', status: 'passed', message: '', assertionResults: [{ status: 'passed', fullName: 'a' }] },
    {
      name: 'core/b.test.ts',
      status: 'failed',
      message: '',
      assertionResults: [
        { status: 'passed', fullName: 'b' },
        {
          status: 'failed',
          fullName: 'c holds',
          failureMessages: [
            '\u001b[31mError: not c\u001b[39m\n\n    at core/b.test.ts:1:1\n    at /x/node_modules/y.js:1:1',
          ],
        },
      ],
    },
    { name: 'core/d.test.ts', status: 'failed', message: 'cannot load d', assertionResults: [] },
  ],
}

const failedSpec = (title: string, message: string) => ({
  ...{ title, file: 'a.spec.ts', ok: false },
  tests: [{ results: [{ errors: [{ message }] }] }],
})
const playwrightReport = {
  config: { rootDir: 'e2e', configFile: 'e2e/playwright.config.ts' },
  stats: { expected: 1, flaky: 0, unexpected: 2 },
  errors: [{ message: 'no server' }],
  suites: [
    {
      title: 'a.spec.ts',
      specs: [{ title: 'holds', file: 'a.spec.ts', ok: true, tests: [] }, failedSpec('e', 'Error: not e')],
      suites: [
        { title: 'a group', specs: [failedSpec('f', Array.from({ length: 30 }, (_, i) => `line ${i}`).join('\n'))] },
      ],
    },
  ],
}

test('what failed is said again at the end: which test, and the first lines of what it said', () => {
  const { clone, env } = testedClone()
  clone.write(
    'node_modules/vitest/vitest.mjs',
    `import { writeFileSync } from 'node:fs'
    const path = process.argv.find((word) => word.startsWith('--outputFile.json=')).split('=')[1]
    writeFileSync(path, ${JSON.stringify(JSON.stringify(vitestReport))}); process.exit(1)`,
  )
  clone.write(
    'node_modules/playwright/cli.js',
    `require('node:fs').writeFileSync(process.env.PLAYWRIGHT_JSON_OUTPUT_NAME, ${JSON.stringify(JSON.stringify(playwrightReport))}); process.exit(1)`,
  )
  const lines = clone.node('test.mjs', [], env).stdout.trimEnd().split('\n')
  expect(lines.slice(lines.findIndex((line) => line.startsWith('FAILED: browser tests')) + 1)).toEqual([
    'failed: core/b.test.ts > c holds',
    '    Error: not c',
    '        at core/b.test.ts:1:1',
    'failed: core/d.test.ts',
    '    cannot load d',
    'failed: e2e/playwright.config.ts',
    '    no server',
    'failed: e2e/a.spec.ts > e',
    '    Error: not e',
    'failed: e2e/a.spec.ts > a group > f',
    ...Array.from({ length: 20 }, (_, i) => `    line ${i}`),
    '3 passed, 3 failed',
  ])
})

test('the browser tests get the browser that was found', () => {
  const { clone, env } = testedClone()
  clone.write('node_modules/playwright/cli.js', 'console.log(process.env.SLOOP_CHROMIUM); process.exit(1)')
  const { stdout } = clone.node('test.mjs', [], env)
  expect(stdout).toContain(`\n${env['SLOOP_CHROMIUM']}\n`)
  expect(stdout).toContain('\nFAILED: browser tests')
})

test('of the browsers of the system the headless shell is taken, and any other where it is missing', () => {
  const { clone } = testedClone()
  clone.write(
    'harness/bootstrap/find.mjs',
    `import { findChromium } from './chromium.mjs'
    console.log(['both', 'one'].map((PATH) => findChromium({ PATH })).join())`,
  )
  for (const path of ['both/chromium', 'both/chromium-headless-shell', 'one/chromium']) {
    clone.write(path, '#!/bin/sh\n')
    chmodSync(join(clone.folder, path), 0o755)
  }
  expect(clone.node('find.mjs').stdout).toBe(`${join('both', 'chromium-headless-shell')},${join('one', 'chromium')}\n`)
})

test('a named browser that is no program is one sentence', () => {
  const { clone, env } = testedClone()
  const { code, stderr } = clone.node('test.mjs', [], { ...env, SLOOP_CHROMIUM: '/nowhere/chromium' })
  expect(code).toBe(1)
  expect(stderr).toMatch(/^sloop: SLOOP_CHROMIUM is \/nowhere\/chromium, which is no program\n$/)
})

test('tools that are missing and cannot be installed are named in one sentence', () => {
  const { clone, env } = testedClone()
  const { code, stderr } = clone.node('test.mjs', [], { ...env, PATH: '/nowhere' })
  expect(code).toBe(1)
  expect(stderr).toMatch(
    /^sloop: the tests need a browser and real tools [^\n]*; as root: apt-get install xmlsec1 libxml2-utils openssl[^\n]*\n$/,
  )
})
