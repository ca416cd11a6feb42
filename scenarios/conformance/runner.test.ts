import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { conform } from './runner.ts'

async function run(...argv: string[]) {
  const out: string[] = []
  const errors: string[] = []
  const output = { log: (text: string) => void out.push(text), error: (text: string) => void errors.push(text) }
  return { code: await conform(argv, output), out: out.join('\n'), errors: errors.join('\n') }
}

function keysFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sloop-runner-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

test('without arguments the emulator is asked every case, and the exit code says that all pass', async () => {
  const { code, out } = await run()
  expect(out).toMatch(/126 of 126 pass, 0 fail$/)
  expect(code).toBe(0)
}, 30_000)

test('the outcomes can be had as JSON', async () => {
  const { out } = await run('--json', '--es-version', '6.8')
  const [first, ...others] = JSON.parse(out) as { number: number; version: string; outcome: object }[]
  expect(first).toMatchObject({ number: 1, version: '6.8', outcome: { kind: 'pass' } })
  expect(others).toHaveLength(125)
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
  ['--es-version', ['9.9'], 'Elasticsearch 9.9 cannot be emulated; choose a version from 6.8 to 9.4, such as 8.19'],
])('what cannot work is one sentence: %s', async (flag, values, sentence) => {
  const { code, errors } = await run(flag, ...values)
  expect([code, errors]).toEqual([1, sentence])
})
