import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { configFiles } from './config-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-config-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const realms = file('mine.yml', 'xpack.security.authc.realms.saml.saml1.order: 2')
const world = file('elasticsearch.yml', 'users: [{ name: dana }]')

test('no file is no configuration', () => {
  expect(configFiles([])).toEqual({})
})

test.each([
  'xpack: {security: {}}',
  'xpack.security.enabled: true',
  'cluster.name: x',
  'cluster: {name: x}',
  'node.name: x\nusers: []',
  'path.data: /x',
])('a file with a key of a node at its top is an elasticsearch.yml: %j', (text) => {
  const path = file('node.yml', text)
  expect(configFiles([path])).toEqual({ elasticsearchYml: path })
})

test.each(['users: []', '', 'xpackage: x', 'a list', '- cluster', 'serviceProviders: [{ name: cluster.name }]'])(
  'any other file is a world: %j',
  (text) => {
    const path = file('other.yml', text)
    expect(configFiles([path])).toEqual({ sloopYml: path })
  },
)

test.each([[[realms, world]], [[world, realms]]])(
  'one of each may be given, whatever they are called and in whatever order',
  (files) => {
    expect(configFiles(files)).toEqual({ elasticsearchYml: realms, sloopYml: world })
  },
)

test.each([realms, world])('two of one kind are refused', (first) => {
  const second = file('second.yml', first === realms ? 'node.name: x' : '')
  expect(() => configFiles([first, second])).toThrow(
    new ConfigError(`--config names two files of one kind: ${first} and ${second}`),
  )
})

test('a file that cannot be read is told by the flag', () => {
  expect(() => configFiles(['/nowhere/a.yml'])).toThrow(
    new ConfigError('--config: cannot read /nowhere/a.yml: there is no such file, expected a YAML file'),
  )
})
