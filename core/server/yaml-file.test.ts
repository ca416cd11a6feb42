import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { readYamlFile } from './yaml-file.ts'

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
