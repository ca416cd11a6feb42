import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bugs } from './bugs.ts'
import { bugsDocument } from './bugs-document.ts'

test('docs/bugs.md is what the catalogue says; vitest -u writes it anew', async () => {
  await expect(bugsDocument()).toMatchFileSnapshot('../../docs/bugs.md')
})

const source = () => readFileSync(new URL('../../../shared/spec/logout-bugs.md', import.meta.url), 'utf8')
const rowsOfSource = () => [...source().matchAll(/^\| ([A-J]\d+) \| ([^|]*) \|/gm)]

test('each of the 118 bugs that were reported stands here once, in their order', () => {
  const ids = rowsOfSource().map(([, id]) => id)
  expect(ids).toHaveLength(118)
  expect(bugs.map(({ id }) => id)).toEqual(ids)
})

test('each bug names every thread in which it was reported', () => {
  const numbers = (text: string) => [...text.matchAll(/#(\d+)/g)].map(([, number]) => number).sort()
  const reported = rowsOfSource().map(([, id, cell = '']) => [id, numbers(cell)])
  expect(bugs.map(({ id, threads }) => [id, numbers(threads)])).toEqual(reported)
})
