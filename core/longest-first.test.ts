import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { longest } from './longest-first.test-support.ts'

test('every file of tests that begins before the others is there', () => {
  const isMissing = (path: string) => !existsSync(fileURLToPath(new URL(`../${path}`, import.meta.url)))
  expect(longest.filter(isMissing)).toEqual([])
})
