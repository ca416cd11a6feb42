import { expect, test } from 'vitest'
import { scanSource } from './source-file.ts'
import { unusedExports } from './unused-exports.ts'

const door = /^door\.ts$/
const exporting = scanSource(
  'a.ts',
  'export const one = 1\nexport function two() {}\nexport async function* three() {}\nexport class Four {}\n',
)

test('an exported value that nobody else says is reported', () => {
  expect(unusedExports([exporting], door)).toEqual([
    'a.ts exports one: nobody else says it',
    'a.ts exports two: nobody else says it',
    'a.ts exports three: nobody else says it',
    'a.ts exports Four: nobody else says it',
  ])
})

test('an exported value is used by a file that imports its file and says it', () => {
  const user = scanSource('b.ts', "import { Four, one, three, two } from './a.ts'\n")
  expect(unusedExports([exporting, user], door)).toEqual([])
})

test('the same word in a file that imports another is no use', () => {
  const other = scanSource('b.ts', "import { Four, one, three, two } from './c.ts'\n")
  expect(unusedExports([exporting, other], door)).toHaveLength(4)
})

test('what an index passes on needs a user too, by the name that it gives', () => {
  const index = scanSource(
    'index.ts',
    "export { one, type Two as Second } from './a.ts'\nexport type { Three } from './b.ts'\n",
  )
  const user = scanSource('c.ts', "import { one } from './index.ts'\n")
  expect(unusedExports([index, user], door)).toEqual([
    'index.ts exports Second: nobody else says it',
    'index.ts exports Three: nobody else says it',
  ])
})

test('what tests share need not be taken by any', () => {
  expect(unusedExports([scanSource('a.test-support.ts', 'export const one = 1\n')], door)).toEqual([])
})

test('a door is for others, and what it takes is used', () => {
  const names = scanSource('door.ts', "export { Four, one, three, two } from './a.ts'\n")
  expect(unusedExports([exporting, names], door)).toEqual([])
})
