import { expect, test } from 'vitest'
import { filterByPath } from './filter-path.ts'

const answer = { a: { b: 1, c: [{ d: 1, e: 2 }], none: [], nothing: {} }, ab: { 'd.e': true }, f: null }

test.each([
  ['a.b', { a: { b: 1 } }],
  ['a.c.d', { a: { c: [{ d: 1 }] } }],
  ['*.b,f', { a: { b: 1 }, f: null }],
  [' f , ab ', { ab: { 'd.e': true }, f: null }],
  ['x', {}],
  ['a.b.x,f.x', {}],
  ['a.none.x,a.nothing.x', {}],
])('filter_path=%s keeps only what it names, and nothing empty', (path, expected) => {
  expect(filterByPath(answer, path)).toEqual(expected)
})

test.each(['', ' ', ',', '-', ',-,'])('filter_path=%s says nothing, and everything is kept', (path) => {
  expect(filterByPath(answer, path)).toEqual(answer)
})

test.each([
  ['a*', { a: answer.a, ab: answer.ab }],
  ['a*b', { ab: answer.ab }],
  ['*b,*.*e', { ab: answer.ab, a: { none: [] } }],
  ['ab*b,b*a,*c*', {}],
  ['a.n*n*', { a: { none: [], nothing: {} } }],
])('a star is any part of a name: %s', (path, expected) => {
  expect(filterByPath(answer, path)).toEqual(expected)
})

test.each([
  ['**', answer],
  ['**.d', { a: { c: [{ d: 1 }] } }],
  ['a.**.e', { a: { c: [{ e: 2 }] } }],
  ['**.**.e', { a: { c: [{ e: 2 }] } }],
  // It stands for one name at least.
  ['**.f', {}],
  ['a.**.b', {}],
])('two stars are names at any depth: %s', (path, expected) => {
  expect(filterByPath(answer, path)).toEqual(expected)
})

test.each([
  ['-a,-ab', { f: null }],
  ['-a.c.e,-ab', { a: { ...answer.a, c: [{ d: 1 }] }, f: null }],
  ['-a.c.*,-ab.*', { a: { b: 1, none: [], nothing: {} }, f: null }],
  ['-*.n*', { a: { b: 1, c: answer.a.c }, ab: answer.ab, f: null }],
  // What was empty before is kept.
  ['-a.none.x,-a.nothing.x,-f.x', answer],
  ['-**.d,-ab', { a: { ...answer.a, c: [{ e: 2 }] }, f: null }],
  ['-*', {}],
])('a minus leaves out what the path names: %s', (path, expected) => {
  expect(filterByPath(answer, path)).toEqual(expected)
})

test('what is left out is taken from what is kept', () => {
  expect(filterByPath(answer, '-a.c,a')).toEqual({ a: { b: 1, none: [], nothing: {} } })
  expect(filterByPath(answer, 'a.b,-a.b')).toEqual({})
})

test('a dot behind a backslash, or with nothing before it, belongs to the name', () => {
  expect(filterByPath(answer, 'ab.d\\.e')).toEqual({ ab: answer.ab })
  expect(filterByPath({ '.x.y': 1, x: 2 }, '.x.y')).toEqual({ '.x.y': 1 })
})

test('many stars in a path take no time', () => {
  const deep = Array.from({ length: 60 }).reduce<object>((inner) => ({ a: inner }), { end: 1 })
  expect(filterByPath(deep, `${'**.'.repeat(30)}end`)).toEqual(deep)
})
