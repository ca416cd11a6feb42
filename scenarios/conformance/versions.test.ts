import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from './cases/index.ts'
import { type Blueprint, makeBlueprint } from './emulator.ts'
import { againstEmulator, type Report } from './run.ts'

let folder = ''
let blueprint: Blueprint

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-conformance-'))
  blueprint = await makeBlueprint(folder)
})
afterAll(() => rm(folder, { recursive: true }))

const completeLogouts = [25, 26, 27, 28, 29, 30]
const spMetadata = [37, 38, 39, 40]

test.each([
  ['6.8', [...completeLogouts, ...spMetadata]],
  ['7.10', spMetadata],
  ['7.13', []],
  ['8.0', []],
  ['8.19.13', []],
  ['9.4', []],
])('an emulated %s passes every case but those about calls that it does not have', async (version, missing) => {
  const ask = againstEmulator(blueprint, version)
  const reports: Report[] = []
  for (const each of cases) reports.push(await ask(each))
  expect(reports.filter(({ outcome }) => outcome.kind === 'fail')).toEqual([])
  expect(reports.filter(({ outcome }) => outcome.kind === 'cannot-be-asked').map(({ number }) => number)).toEqual(
    missing,
  )
})
