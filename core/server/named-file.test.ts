import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { ConfigError } from './config-error.ts'
import { fileFailure, readNamedFile } from './named-file.ts'

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
