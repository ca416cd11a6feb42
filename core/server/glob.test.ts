import { expect, test } from 'vitest'
import { isLike } from './glob.ts'

test.each([
  ['name', 'name', true],
  ['name', 'Name', false],
  ['name', 'name ', false],
  ['name', 'names', false],
  ['*', '', true],
  ['n*', 'n', true],
  ['n*', 'an', false],
  ['*e', 'name', true],
  ['*e', 'names', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['ab*ba', 'aba', false],
  ['**', 'name', true],
  ['n.m*', 'nam', false],
  ['é*', 'éa', true],
])('[%s] fits [%s]: %s', (pattern, text, fits) => {
  expect(isLike(pattern, text)).toBe(fits)
})
