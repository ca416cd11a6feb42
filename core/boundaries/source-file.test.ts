import { expect, test } from 'vitest'
import { scanSource } from './source-file.ts'

const importsOf = (text: string, path = 'idp/slo/run.ts') => scanSource(path, text).imports

test.each([
  ['a value', "import { a } from './a.ts'"],
  ['a default and names over several lines', "import z, {\n  a,\n  type B,\n} from './a.ts'"],
  ['a namespace', "import * as a from './a.ts'"],
  ['a type', "import type { A } from './a.ts'"],
  ['an effect', "import './a.ts'"],
  ['a name passed on', "export { a } from './a.ts'"],
  ['everything passed on', "export * from './a.ts'"],
  ['a type passed on', "export type { A } from './a.ts'"],
  ['a lazy import', "const { a } = await import('./a.ts')"],
  ['the type of a module', "type A = typeof import('./a.ts')"],
  ['a required module', "const a = require('./a.ts')"],
])('sees every form of import: %s', (_form, text) => {
  expect(importsOf(`const before = 1\n${text}\n`)).toEqual(['idp/slo/a.ts'])
})

test.each([
  ['a value', "import { a } from './a.ts'"],
  ['a value beside a type', "import { type B, a } from './a.ts'"],
  ['a type beside a value', "import { a, type B } from './a.ts'"],
  ['an effect', "import './a.ts'"],
  ['everything passed on', "export * from './a.ts'"],
])('%s is loaded before the file runs', (_form, text) => {
  expect(scanSource('idp/slo/run.ts', text).loads).toEqual(['idp/slo/a.ts'])
})

test.each([
  ['a type', "import type { A } from './a.ts'"],
  ['the types of a module', "import type * as A from './a.ts'"],
  ['nothing but types', "import { type A, type B } from './a.ts'"],
  ['a type passed on', "export type { A } from './a.ts'"],
  ['a lazy import', "const { a } = await import('./a.ts')"],
  ['a required module', "const a = require('./a.ts')"],
])('%s is not loaded before the file runs', (_form, text) => {
  expect(scanSource('idp/slo/run.ts', text).loads).toEqual([])
})

test.each([
  ['../index.ts', 'idp/index.ts'],
  ['../../core/saml/errors.ts', 'core/saml/errors.ts'],
  ['#saml/xml/reader', 'core/saml/xml/reader.ts'],
  ['#server/clock', 'core/server/clock.ts'],
  ['hono/jsx', 'hono'],
  ['@hono/node-server/conninfo', '@hono/node-server'],
  ['node:fs/promises', 'node:fs'],
])('an import of %s is one of %s', (specifier, target) => {
  expect(importsOf(`import x from '${specifier}'`)).toEqual([target])
})

test.each([
  ['a line comment', "// import a from './a.ts'"],
  ['a block comment', "/*\nimport a from './a.ts'\n*/"],
  ['a template', "const text = `\nimport a from './a.ts'\n`"],
  ['an example', 'const text = "import(\'./a.ts\')"'],
  ['a sentence', "const text = 'import what you need from here'"],
])('what only looks like an import is none: %s', (_form, text) => {
  expect(importsOf(text)).toEqual([])
})

test('an address in quotes does not begin a comment', () => {
  expect(importsOf("const url = 'http://a.test'\nimport a from './a.ts'")).toEqual(['idp/slo/a.ts'])
})

test('the code has neither comments nor what stands in quotes', () => {
  expect(scanSource('a.ts', "const a = 'Date.now()' // Date.now()\n/* Date.now() */ b()").code).toBe(
    "const a = '' \n b()",
  )
})

test('the code has what a template computes', () => {
  expect(scanSource('a.ts', `const a = \`at \${measured()}\``).code).toContain('measured()')
})
