import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { parseYaml, readYamlFile } from './yaml-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-yaml-'))
afterAll(() => rmSync(folder, { recursive: true }))

function yamlFile(text: string): string {
  const path = join(folder, 'given.yml')
  writeFileSync(path, text)
  return path
}

test('a YAML file is read as plain values', () => {
  expect(readYamlFile(yamlFile('xpack.security:\n  enabled: true\n'))).toEqual({ 'xpack.security': { enabled: true } })
})

test('an empty file is null', () => {
  expect(readYamlFile(yamlFile(''))).toBeNull()
})

test('a file that cannot be read is refused with its name and the setting that names it', () => {
  expect(() => readYamlFile('/nowhere/sloop.yml', 'sloopYml')).toThrow(
    new ConfigError('sloopYml: cannot read /nowhere/sloop.yml: there is no such file, expected a YAML file'),
  )
})

test('what is not YAML is refused with file and line', () => {
  const path = yamlFile('users:\n  - [alice\n')
  expect(() => readYamlFile(path)).toThrow(ConfigError)
  expect(() => readYamlFile(path)).toThrow(/^.*given\.yml is not YAML: [^\n]+ at line 3, column 1$/)
})

test('a key given twice is refused with its line', () => {
  const path = yamlFile('realm: a\nrealm: b\n')
  expect(() => readYamlFile(path)).toThrow(
    new ConfigError(`${path} is not YAML: Map keys must be unique at line 2, column 1`),
  )
})

test.each([
  ['key', '2024: a\n"2024": b'],
  ['nested key', 'a:\n  b: 1\n  c: 2\n  b: 3'],
  ['key in a list', '- {a: 1, a: 2}'],
])('a %s given twice is refused, however it is written', (_kind, text) => {
  expect(() => parseYaml(text)).toThrow(/^Map keys must be unique at line \d, column \d+$/)
})

test('one key in two maps is given once', () => {
  expect(parseYaml('a: {x: 1}\nb: {x: 2}').value).toEqual({ a: { x: 1 }, b: { x: 2 } })
})

test.each([
  ['lists', '['.repeat(100_000)],
  ['closed lists', '['.repeat(50_000) + ']'.repeat(50_000)],
  ['maps', `a: ${'{a: '.repeat(30_000)}`],
  ['dashes', '- '.repeat(50_000)],
  ['questions', '? '.repeat(50_000)],
  ['indented keys', Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('what is nested too deeply is one sentence: %s', (_kind, text) => {
  const path = yamlFile(text)
  expect(() => readYamlFile(path, 'sloopYml')).toThrow(
    new ConfigError(`sloopYml: ${path} is not YAML: it is nested deeper than 100 levels`),
  )
})

test('sixty levels are not too deep', () => {
  expect(parseYaml('['.repeat(60) + ']'.repeat(60)).value).toBeInstanceOf(Array)
})

test('40 000 keys are read as 40 000 keys', () => {
  const text = Array.from({ length: 40_000 }, (_, index) => `key${index}: x`).join('\n')
  expect(Object.keys(parseYaml(text).value as object)).toHaveLength(40_000)
}, 20_000)

test('aliases of aliases without end are refused', () => {
  const levels = Array.from({ length: 12 }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level},`.repeat(10)}]`)
  const path = yamlFile(['a0: &a0 x', ...levels].join('\n'))
  expect(() => readYamlFile(path)).toThrow(
    new ConfigError(`${path} is not YAML: Excessive alias count indicates a resource exhaustion attack`),
  )
})

test.each<[string[], object | undefined]>([
  [['xpack.security', 'authc'], { line: 2, column: 10 }],
  [['list'], { line: 4, column: 3 }],
  [['9200'], { line: 5, column: 7 }],
  [['nothing'], { line: 6, column: 10 }],
  [['list', 'x'], undefined],
  [['gone'], undefined],
])('the place of a value is known: %j', (keys, place) => {
  const text = 'xpack.security:\n  authc: x\nlist:\n  - a\n9200: y\nnothing: # here\n'
  expect(parseYaml(text).placeOf(keys)).toEqual(place)
})
