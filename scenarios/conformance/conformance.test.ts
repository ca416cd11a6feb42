import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cases } from './cases/index.ts'
import { type Blueprint, makeBlueprint } from './emulator.ts'
import { againstEmulator } from './run.ts'

let folder = ''
let blueprint: Blueprint

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sloop-conformance-'))
  blueprint = await makeBlueprint(folder)
})
afterAll(() => rm(folder, { recursive: true }))

test('every number of the specification has one case', () => {
  expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: 126 }, (_each, index) => index + 1))
})

test.each(cases.map((each) => [each.number, each.title, each] as const))(
  'case %i: %s',
  async (_number, _title, each) => {
    const { outcome } = await againstEmulator(blueprint, '9.2.1')(each)
    expect(outcome).toEqual({ kind: 'pass' })
  },
)
