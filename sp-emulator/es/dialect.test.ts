import { expect, test } from 'vitest'
import { ConfigError } from '#server/config'
import { dialectOf } from './dialect.ts'

test.each([
  ['8.0.0', 8],
  ['8.18.3', 8],
  ['9.0.0', 9],
  ['9.2.1', 9],
])('version %s is emulated', (version, major) => {
  expect(dialectOf(version)).toMatchObject({ version, major })
})

test.each(['6.8.0', '7.17.29', '9.3.0', '10.0.0', '9.2', 'latest', ''])(
  'version "%s" is refused in one sentence',
  (version) => {
    expect(() => dialectOf(version)).toThrow(
      new ConfigError(`Elasticsearch ${version} cannot be emulated; choose a version of 8.x or 9.0 to 9.2`),
    )
  },
)
