import { expect, test } from 'vitest'
import { generateCredential } from './credentials.ts'

const makeThree = async () => {
  const made = await Promise.all(['a', 'b', 'c'].map((name) => generateCredential(name, 0)))
  return made.map(({ privateKeyPem }) => privateKeyPem)
}
const ofTheFile = await makeThree()
let ofTheTestBefore: string[] = []

test('within a test, and beside what its file has made, every key is another', async () => {
  ofTheTestBefore = await makeThree()
  expect(new Set([...ofTheFile, ...ofTheTestBefore]).size).toBe(6)
})

test('the keys of a test are lent to the next one, and those of the file to nobody', async () => {
  const lent = await makeThree()
  expect(lent).toEqual(ofTheTestBefore)
  expect(lent.filter((key) => ofTheFile.includes(key))).toEqual([])
})
