import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { ConformanceCase } from './case.ts'
import { Drift } from './drift.ts'
import { conform } from './runner.ts'

const run = (...argv: string[]) => runWith({}, ...argv)

async function runWith(questions: Parameters<typeof conform>[2], ...argv: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const output = { log: (text: string) => void out.push(text), error: (text: string) => void errors.push(text) }
  return { code: await conform(argv, output, questions), out: out.join('\n'), errors: errors.join('\n') }
}

function keysFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-runner-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

const asking = (number: number, answer: () => Promise<void>, more = {}): ConformanceCase => ({
  number,
  title: `question ${number}`,
  section: 'a section',
  asks: 'wire',
  run: answer,
  ...more,
})
const passing = async () => undefined
const failing = async () => {
  throw new Drift('status', 200, 500)
}

test('without arguments the emulator is asked every case, and the exit code says that all pass', async () => {
  const { code, out } = await run()
  expect(out).toMatch(/126 of 126 pass, 0 fail$/)
  expect(code).toBe(0)
}, 30_000)

test('the outcomes can be had as JSON', async () => {
  const cases = [asking(1, passing), asking(2, failing), asking(3, passing, { needs: 'hasCompleteLogout' })]
  const { out } = await runWith({ cases }, '--json', '--es-version', '6.8')
  expect(JSON.parse(out)).toEqual([
    { number: 1, title: 'question 1', section: 'a section', version: '6.8', outcome: { kind: 'pass' } },
    expect.objectContaining({ number: 2, outcome: { kind: 'fail', expected: 'status: 200', arrived: '500' } }),
    expect.objectContaining({ number: 3, outcome: { kind: 'cannot-be-asked', why: expect.any(String) } }),
  ])
}, 30_000)

test('the printed configuration leaves its files in the folder of the keys', async () => {
  const keys = keysFolder()
  const { code, out, errors } = await run('--print-config', '--keys', keys)
  expect(out).toContain('idp.metadata.path: "sloop/usual.xml"')
  expect(errors).toBe(`Copy the files of ${keys} to the folder config/sloop of the node.`)
  expect(readdirSync(keys)).toEqual(expect.arrayContaining(['idp.key', 'sp.crt', 'usual.xml']))
  expect(code).toBe(0)
})

test.each([
  ['--print-config', [], '--print-config needs --keys <folder>, where the keys and metadata are put'],
  ['--target', ['http://localhost:1'], '--target needs --keys <folder>, the keys that the node was configured with'],
  ['--es-versoin', ['9.2'], "unknown option '--es-versoin' (did you mean --es-version?)"],
  ['--target', [], "option '--target <url>' argument missing"],
  ['--json', ['now'], 'too many arguments. Expected 0 arguments but got 1.'],
  ['--es-version', ['9.9'], 'Elasticsearch 9.9 cannot be emulated; choose a version from 6.8 to 9.4, such as 8.19'],
])('what cannot work is one sentence: %s', async (flag, values, sentence) => {
  const { code, errors } = await run(flag, ...values)
  expect([code, errors]).toEqual([1, sentence])
})

// cases/sabotage XH5: with one failed case of many the exit code was 0.
test.each([
  [[passing, failing, passing], '2 of 3 pass, 1 fail', 1],
  [[failing], '0 of 1 pass, 1 fail', 1],
  [[failing, failing], '0 of 2 pass, 2 fail', 1],
  [[passing, passing], '2 of 2 pass, 0 fail', 0],
])('the exit code is 1 when at least one case fails: %#', async (answers, summary, expected) => {
  const cases = answers.map((answer, index) => asking(index + 1, answer))
  const { code, out } = await runWith({ cases })
  expect(out.endsWith(summary)).toBe(true)
  expect(code).toBe(expected)
})

test('a case that breaks off is one that failed', async () => {
  const breaking = () => Promise.reject(new Error('the node is gone', { cause: new Error('ECONNREFUSED') }))
  const { code, out } = await runWith({ cases: [asking(1, breaking), asking(2, passing)] })
  expect(out).toContain('arrived  the node is gone: ECONNREFUSED')
  expect(code).toBe(1)
})

test('a case that cannot be asked has not failed', async () => {
  const cases = [asking(1, failing, { needs: 'hasCompleteLogout' }), asking(2, passing)]
  const { code, out } = await runWith({ cases }, '--es-version', '6.8')
  expect(out.endsWith('1 of 2 pass, 0 fail, 1 cannot be asked')).toBe(true)
  expect(code).toBe(0)
})
