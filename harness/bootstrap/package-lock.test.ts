import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface LockedPackage {
  readonly version?: string
  readonly integrity?: string
  readonly link?: true
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const { packages } = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
  packages: Readonly<Record<string, LockedPackage>>
}

/** The optional packages, mostly builds for other platforms, that a lock file names and does not hold: `npm ci` fails where they are needed. */
function missingOptional(locked: Readonly<Record<string, LockedPackage>>): string[] {
  const paths = Object.keys(locked)
  const wanted = Object.values(locked).flatMap(({ optionalDependencies = {} }) => Object.keys(optionalDependencies))
  return wanted.filter((name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)))
}

test('the lock file holds every optional package, so that npm ci works on every platform', () => {
  expect(missingOptional(packages)).toEqual([])
})

test('an optional package that the lock file leaves out is found', () => {
  const { 'node_modules/@biomejs/cli-darwin-arm64': _left, ...others } = packages
  expect(missingOptional(others)).toEqual(['@biomejs/cli-darwin-arm64'])
})

test('every package is pinned by its contents, wherever it comes from', () => {
  const loose = Object.entries(packages).filter(([path, { integrity }]) => path !== '' && integrity === undefined)
  expect(loose.map(([path]) => path)).toEqual([])
})

test('there is one @xmldom/xmldom, the one that xml-crypto uses', () => {
  expect(Object.keys(packages).filter((path) => path.endsWith('node_modules/@xmldom/xmldom'))).toHaveLength(1)
})
