import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { allSignedOut } from '../scenario/expected.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { open, press } from '../scenario/steps.ts'
import { type RunFlags, type RunIo, runCommand } from './run-command.ts'

const holds: Scenario = {
  id: 'test/holds',
  title: 'who opens the application is asked to sign in',
  clauses: ['c'],
  steps: [open('application')],
  expected: { claim: 'Sign in', proven: allSignedOut },
}
const differs: Scenario = { ...holds, id: 'test/differs', bugs: ['A1'], expected: { claim: 'Welcome' } }
const cannot: Scenario = { ...holds, id: 'test/cannot', steps: [open('application'), press('nobody')] }
const elsewhere: Scenario = { ...holds, id: 'test/elsewhere', onlyIn: { driver: 'browser', because: 'it is seen' } }

/** The application shows tokens only to whom it signed in. */
const noTokens = { ...allSignedOut, accessToken: 'none', refreshToken: 'none' } as const
const scenarios = [{ ...holds, expected: { ...holds.expected, proven: noTokens } }, differs, cannot, elsewhere]

const keysCache = mkdtempSync(join(tmpdir(), 'sloop-run-command-keys-'))
afterAll(() => rmSync(keysCache, { recursive: true }))

async function run(flags: RunFlags, more: Partial<RunIo> = {}) {
  let [printed, complained] = ['', '']
  const code = await runCommand(flags, {
    print: (text) => {
      printed += text
    },
    complain: (text) => {
      complained += text
    },
    ...{ stop: new AbortController().signal, scenarios, keysCache, ...more },
  })
  return { code, printed, complained }
}

const temporaryFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-run-command-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('0 is the code of a run in which all held, and the JSON says so', async () => {
  const { code, printed } = await run({ pattern: 'holds', reporters: ['json'] })
  expect(code).toBe(0)
  const [result] = JSON.parse(printed).results
  expect(result).toMatchObject({ id: 'test/holds', family: 'test', outcome: 'held', differences: [], proven: noTokens })
  expect(result.claimed.text).toContain('Sign in')
})

test('1 is the code where some did not hold: their sentences are told, a report is written, and a bundle repeats them', async () => {
  const report = temporaryFolder()
  const { code, printed } = await run({ report })
  expect(code).toBe(1)
  expect(printed).toMatch(
    /^✗ test\/differs \(\d+ ms\)\n {2}who opens the application is asked to sign in\n {4}the last page, .* does not say \[Welcome\]/m,
  )
  expect(printed).toMatch(/^✗ test\/cannot \(\d+ ms\)\n.*\n {4}\S+ has no control \[nobody\]/m)
  expect(printed).toContain('\n1 held, 2 differ, 1 not run\n')
  const files = readdirSync(report, { recursive: true }).map(String)
  expect(files.sort()).toEqual([
    'bundles',
    join('bundles', 'test-cannot.sloop-bundle.json'),
    join('bundles', 'test-differs.sloop-bundle.json'),
    'diagrams',
    join('diagrams', 'test-cannot.mmd'),
    join('diagrams', 'test-differs.mmd'),
    join('diagrams', 'test-holds.mmd'),
    'report.html',
    'report.json',
    'report.xml',
  ])
  const bundle = join(report, 'bundles', 'test-differs.sloop-bundle.json')
  const again = await run({ bundle, reporters: ['json'] })
  expect([again.code, JSON.parse(again.printed).results[0].id]).toEqual([1, 'test/differs'])
})

test('2 is the code where nothing was run, and the reason is told', async () => {
  const { code, printed } = await run({ pattern: 'elsewhere' })
  expect([code, printed.split('\n', 1)]).toEqual([
    2,
    ['– test/elsewhere was not run: only by --driver browser: it is seen'],
  ])
})

test('a run that is stopped leaves no report, and says how far it came', async () => {
  const report = temporaryFolder()
  const { code, printed, complained } = await run({ report, reporters: ['junit'] }, { stop: AbortSignal.abort() })
  expect({ code, printed, complained }).toEqual({
    ...{ code: 2, printed: '' },
    complained: 'stopped: 1 of 4 scenarios had been told, and no report is written\n',
  })
  expect(readdirSync(report)).toEqual([])
})

test('beside a document what is told as it goes is told elsewhere', async () => {
  const { printed, complained } = await run({ pattern: 'elsewhere', reporters: ['list', 'junit'] })
  expect(printed).toMatch(/^<\?xml [^\n]*<testsuites [^\n]*<\/testsuites>\n$/)
  expect(complained).toMatch(/^– test\/elsewhere was not run/)
})

test('--list names scenarios and tells none', async () => {
  expect(await run({ list: true, pattern: 'differs', reporters: ['json'], rounds: 2 })).toEqual({
    ...{ code: 0, complained: '' },
    printed: `${JSON.stringify({ scenarios: [{ id: 'test/differs', title: differs.title, family: 'test', clauses: ['c'], bugs: ['A1'] }] })}\n`,
  })
  expect((await run({ list: true, pattern: 'holds' })).printed).toBe(`test/holds  ${holds.title}\n`)
})

test('the version of Elasticsearch is one that there is, or nothing starts', async () => {
  const sentence = 'Elasticsearch 1.0 cannot be emulated; choose a version from 6.8 to 9.4, such as 8.19'
  await expect(run({ esVersion: '1.0' })).rejects.toThrow(new ConfigError(sentence))
})
