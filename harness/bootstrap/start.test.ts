import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, onTestFinished, test } from 'vitest'
import { type BareClone, bareClone, copyOf, lockFile } from './bare-clone.test-support.ts'

const lock = '.sloop-lock'

// Each start is five processes: what the first one leaves is copied for the tests that begin there.
const first = bareClone()
afterAll(() => first.remove())
const firstStart = first.node('start.mjs', ['--json'])
const ranFirst = first.ran()

function clone(make = bareClone): BareClone {
  const made = make()
  onTestFinished(() => made.remove())
  return made
}

/** A clone in which `npm start` has run once. */
const startedClone = (): BareClone => clone(() => copyOf(first))

test('on a bare clone, start installs, builds and brings everything up', () => {
  expect(firstStart).toMatchObject({ code: 0, stdout: 'sloop up --json' })
  expect(ranFirst).toEqual(['install', 'build', 'declarations'])
})

test('what installing prints stays off standard output', () => {
  const { stdout, stderr } = firstStart
  expect(stdout).toBe('sloop up --json')
  expect(stderr).toBe('sloop: installing packages\nadded 4 packages\nsloop: building\nsloop: writing down the types\n')
})

test('a second start neither installs nor builds', () => {
  const started = startedClone()
  expect(started.node('start.mjs')).toEqual({ code: 0, stdout: 'sloop up', stderr: '' })
  expect(started.ran()).toEqual([])
})

test('a newer source is built', () => {
  const started = startedClone()
  started.touch('core/a.ts')
  started.node('start.mjs')
  expect(started.ran()).toEqual(['build', 'declarations'])
})

test('what is built anew is a program, as npx had made the one before', () => {
  const started = startedClone()
  started.touch('core/a.ts')
  started.node('start.mjs')
  expect(statSync(join(started.folder, 'dist/harness/cli/main.js')).mode & 0o111).toBe(0o111)
})

test('a build leaves nothing of the one before', () => {
  const started = startedClone()
  started.write('dist/core/deleted.js', '')
  started.touch('core/a.ts')
  started.node('start.mjs')
  expect(started.has('dist/core/deleted.js')).toBe(false)
})

test('a lock that a killed build left behind is not waited for', () => {
  const started = startedClone()
  const { pid } = spawnSync(process.execPath, ['--version'])
  started.write(lock, String(pid))
  started.touch('core/a.ts')
  expect(started.node('start.mjs')).toMatchObject({ code: 0, stdout: 'sloop up' })
})

test('a lock that is older than any build is not waited for, whoever has its number now', () => {
  const started = startedClone()
  started.write(lock, String(process.pid))
  started.age(lock, 601)
  started.touch('core/a.ts')
  expect(started.node('start.mjs')).toMatchObject({ code: 0, stdout: 'sloop up' })
})

test('who comes while another process builds says so, waits, and builds nothing that is built then', async () => {
  const started = startedClone()
  started.write(lock, String(process.pid))
  started.touch('core/a.ts')
  const second = spawn(process.execPath, [join(started.folder, 'harness/bootstrap/start.mjs')], { stdio: 'pipe' })
  const exit = once(second, 'exit')
  const [told] = await once(second.stderr, 'data')
  expect(String(told)).toBe(`sloop: waiting for process ${process.pid}, which prepares this checkout\n`)
  started.touch('dist/.built')
  rmSync(join(started.folder, lock))
  expect(await exit).toEqual([0, null])
  expect(started.ran()).toEqual([])
})

test('a newer test is not a reason to build, nor is what only tests use', () => {
  const started = startedClone()
  for (const path of ['core/a.test.ts', 'core/a.test-support.ts']) {
    started.write(path, '')
    started.touch(path)
  }
  started.node('start.mjs')
  expect(started.ran()).toEqual([])
})

test('another version in the lock file is installed, and then built with', () => {
  const started = startedClone()
  started.write('package-lock.json', lockFile('4.0.1'))
  started.touch('package-lock.json')
  started.node('start.mjs')
  expect(started.ran()).toEqual(['install', 'build', 'declarations'])
})

test('a lock file that was only touched is not installed, nor is a package for another system', () => {
  const started = startedClone()
  started.write(
    'node_modules/.package-lock.json',
    JSON.stringify({ packages: { 'node_modules/hono': { version: '4.0.0' } } }),
  )
  started.node('start.mjs')
  started.ran()
  started.touch('package-lock.json')
  started.node('start.mjs')
  expect(started.ran()).toEqual([])
})

test('an installation that fails is one sentence and exit code 1', () => {
  const bare = clone()
  bare.write('npm.cjs', 'process.exit(7)')
  expect(bare.node('start.mjs')).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^sloop: installing packages\nsloop: installing packages failed: .* ended with code 7\n$/,
    ),
  })
})

test('build on a bare clone installs first', () => {
  const bare = clone()
  expect(bare.node('rebuild.mjs')).toMatchObject({ code: 0 })
  expect(bare.ran()).toEqual(['install', 'build', 'declarations'])
})
