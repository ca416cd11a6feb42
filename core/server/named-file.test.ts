import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { fileFailure, readNamedFile, readNamedOctets } from './named-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'sloop-named-file-'))
afterAll(() => rmSync(folder, { recursive: true }))
writeFileSync(join(folder, 'file'), 'content')
symlinkSync(join(folder, 'circle'), join(folder, 'circle'))

const named = (name: string) => ({ path: join(folder, name), setting: 'keys.certificate', expected: 'a certificate' })

test('the text of a file is read', () => {
  expect(readNamedFile(named('file'))).toBe('content')
})

test.each([
  ['gone', 'there is no such file'],
  ['.', 'it is a folder'],
  ['file/below', 'a part of its path is not a folder'],
  ['circle', 'its links lead in a circle'],
  ['x'.repeat(300), 'the name is too long'],
])('a file that cannot be read is one sentence with setting, file, reason and expectation: %s', (name, reason) => {
  const { path } = named(name)
  expect(() => readNamedFile(named(name))).toThrow(
    new ConfigError(`keys.certificate: cannot read ${path}: ${reason}, expected a certificate`),
  )
})

test.each([
  ['/dev/zero', 'a device'],
  [join(folder, 'pipe'), 'a pipe'],
])('what may never end is not read: %s', (path) => {
  if (path.endsWith('pipe')) execFileSync('mkfifo', [path])
  expect(() => readNamedFile({ path, expected: 'a key' })).toThrow(
    new ConfigError(`cannot read ${path}: it is no ordinary file, expected a key`),
  )
})

test('a file may have as many octets as are allowed, and not one more', () => {
  const [path, maxBytes] = [join(folder, 'five'), 5]
  writeFileSync(path, '12345')
  expect(readNamedFile({ path, maxBytes, expected: 'a key' })).toBe('12345')
  expect(() => readNamedFile({ path, maxBytes: 4, expected: 'a key' })).toThrow(
    new ConfigError(`cannot read ${path}: it has more than 4 octets, expected a key`),
  )
})

test('unless the caller says otherwise they are 1 MiB', () => {
  const path = join(folder, 'large')
  writeFileSync(path, Buffer.alloc(1_048_577, 'x'))
  expect(() => readNamedFile({ path, expected: 'a key' })).toThrow(
    new ConfigError(`cannot read ${path}: it has more than 1048576 octets, expected a key`),
  )
})

test.each([
  ['UTF-16 with a mark', Buffer.from('\uFEFFusers: []', 'utf16le')],
  ['UTF-16 without one', Buffer.from('users: []', 'utf16le')],
  ['ISO-8859-1', Buffer.from('name: é', 'latin1')],
  ['a binary file', Buffer.from([0x30, 0x82, 0x01, 0x00])],
])('what is not UTF-8 is no text: %s', (_kind, octets) => {
  const path = join(folder, 'octets')
  writeFileSync(path, octets)
  expect(() => readNamedFile({ path, expected: 'a YAML file' })).toThrow(
    new ConfigError(`cannot read ${path}: it is not UTF-8 text, expected a YAML file`),
  )
  expect(readNamedOctets({ path, expected: 'a keystore' })).toEqual(octets)
})

test('a byte order mark is not of the text', () => {
  const path = join(folder, 'marked')
  writeFileSync(path, '\uFEFFusers: []')
  expect(readNamedFile({ path, expected: 'a YAML file' })).toBe('users: []')
})

test('where the caller names the setting, the sentence does not', () => {
  expect(() => readNamedFile({ path: '/nowhere/a.xml', expected: 'metadata' })).toThrow(
    new ConfigError('cannot read /nowhere/a.xml: there is no such file, expected metadata'),
  )
})

test.each([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'it can only be read'],
  ['ENOSPC', 'the disk is full'],
  ['EXXX', 'EXXX: what the system says'],
])('%s is told as %s', (code, words) => {
  expect(fileFailure(Object.assign(new Error(`${code}: what the system says`), { code }))).toBe(words)
})
