import { expect, test } from 'vitest'
import { answerInLines } from './answer-in-lines.ts'

test('without a socket, whoever reads a header as one value gets the lines joined', () => {
  const headers = [
    ['a', '1'],
    ['b', '2'],
    ['a', '3'],
  ] as const
  const response = answerInLines(null, { status: 401, headers }, undefined)
  expect([response.status, response.headers.get('a'), response.headers.get('b')]).toEqual([401, '1, 3', '2'])
})
