import { expect, test } from 'vitest'
import { keyPlace } from './key-place.ts'

test.each([
  ['nothing', undefined, { keysCache: '/cache' }],
  ['a folder', 'keys', { keysFolder: 'keys' }],
  ['memory', 'memory', {}],
  ['a folder of that name', './memory', { keysFolder: './memory' }],
])('--keys: %s', (_case, keys, place) => {
  expect(keyPlace(keys, '/cache')).toEqual(place)
})
