import { expect, test } from 'vitest'
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

test('a warning names the version and the build, and its text is quoted', () => {
  expect(warningHeader('a "b" \\ 100% é €\n', '9.2.1')).toMatch(
    /^299 Elasticsearch-9\.2\.1-[0-9a-f]{40} "a \\"b\\" \\\\ 100%25 é %E2%82%AC%0A"$/,
  )
})
