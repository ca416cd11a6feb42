import { expect, test } from 'vitest'
import { filterByPath } from './filter-path.ts'
import { readPresentation, refuseUnknownParameters } from './url-parameters.ts'
import { warningHeader } from './warning-header.ts'

const read = (query: string) => readPresentation(new URLSearchParams(query))

test.each([
  ['pretty', true],
  ['pretty=true', true],
  ['pretty=false', false],
  ['', false],
])('an answer to "%s" is pretty: %s', (query, pretty) => {
  expect(read(query)).toMatchObject({ pretty, withTrace: false })
})

test('two left-over parameters are both named, a misspelt one with what was meant', () => {
  expect(() => refuseUnknownParameters('/x', new URLSearchParams('zzz=1&prety'))).toThrow(
    expect.objectContaining({
      type: 'illegal_argument_exception',
      message: 'request [/x] contains unrecognized parameters: [prety] -> did you mean [pretty]?, [zzz]',
    }),
  )
})

test.each([
  ['a', { a: { b: 1, c: [{ d: 1, e: 2 }] } }],
  ['a.b', { a: { b: 1 } }],
  ['a.c.d', { a: { c: [{ d: 1 }] } }],
  ['*.b,f', { a: { b: 1 }, f: null }],
  ['x', {}],
])('filter_path=%s keeps only that', (path, expected) => {
  expect(filterByPath({ a: { b: 1, c: [{ d: 1, e: 2 }] }, f: null }, path)).toEqual(expected)
})

test('a warning names the version and the build, and its text is quoted', () => {
  expect(warningHeader('a "b" \\ 100% é €\n', '9.2.1')).toMatch(
    /^299 Elasticsearch-9\.2\.1-[0-9a-f]{40} "a \\"b\\" \\\\ 100%25 é %E2%82%AC%0A"$/,
  )
})
