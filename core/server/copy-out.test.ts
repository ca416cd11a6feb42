import { expect, test } from 'vitest'
import { copyOut } from './copy-out.ts'
import { heapGrowth } from './heap.test-support.ts'

const mebibyte = 1024 * 1024

/** A hundred names, each cut out of a text of 100 kB. */
const names = () =>
  Array.from({ length: 100 }, (_, each) => `${'x'.repeat(100_000)}a name of its own ${each}`.slice(1e5))

test('a copy does not keep the text that it was cut from (cases/robustness M1)', async () => {
  expect(await heapGrowth(names)).toBeGreaterThan(8 * mebibyte)
  expect(await heapGrowth(() => names().map((name) => copyOut({ name })))).toBeLessThan(mebibyte)
})

test.each([
  ['letters beyond ASCII', 'ä€😀'],
  ['half of a surrogate pair', '\uD800'],
  ['nothing and null', { a: '', b: null }],
  ['a list in a record', { list: ['a', 'b'], on: true, count: 1 }],
  ['a name that every object has', Object.fromEntries([['__proto__', 'x']])],
])('a copy is equal: %s', (_case, value) => {
  expect(copyOut(value)).toStrictEqual(value)
})
