import { expect, test } from 'vitest'
import { withHeaderLines } from './header-lines.ts'

test('whoever reads a header as one value gets the lines joined', () => {
  const response = withHeaderLines(null, {
    status: 401,
    headers: [
      ['a', '1'],
      ['b', '2'],
      ['a', '3'],
    ],
  })
  expect([response.status, response.headers.get('a'), response.headers.get('b')]).toEqual([401, '1, 3', '2'])
})
