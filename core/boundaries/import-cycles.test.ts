import { expect, test } from 'vitest'
import { importCycles } from './import-cycles.ts'
import { scanSource } from './source-file.ts'

const files = (graph: Record<string, string>) => Object.entries(graph).map(([path, text]) => scanSource(path, text))

test('a cycle is shown as the way around', () => {
  const graph = { 'a.ts': "import './b.ts'", 'b.ts': "import './c.ts'", 'c.ts': "import './b.ts'" }
  expect(importCycles(files(graph))).toEqual(['b.ts → c.ts → b.ts'])
})

test('a cycle of types is a cycle', () => {
  const graph = { 'a.ts': "import type { B } from './b.ts'", 'b.ts': "import type { A } from './a.ts'" }
  expect(importCycles(files(graph))).toEqual(['a.ts → b.ts → a.ts'])
})

test('a file that imports itself is a cycle', () => {
  expect(importCycles(files({ 'a.ts': "import './a.ts'" }))).toEqual(['a.ts → a.ts'])
})

test('two ways to the same file are no cycle', () => {
  const graph = { 'a.ts': "import './b.ts'\nimport './c.ts'", 'b.ts': "import './c.ts'", 'c.ts': '' }
  expect(importCycles(files(graph))).toEqual([])
})
