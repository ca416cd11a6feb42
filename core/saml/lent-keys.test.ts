import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
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

test('the keys of a test are lent to the next one, and those of its file to none', async () => {
  const lent = await makeThree()
  expect(lent).toEqual(ofTheTestBefore)
  expect(lent.filter((key) => ofTheFile.includes(key))).toEqual([])
})

test('no module that several files share makes keys that are lent to a file', () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const shared = ['core', 'idp', 'sp-emulator', 'harness', 'scenarios'].flatMap((layer) =>
    readdirSync(join(root, layer), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.test-support.ts'))
      .map((path) => join(root, layer, path)),
  )
  const made = shared.filter((path) => makesKeysWhenLoaded(readFileSync(path, 'utf8')))
  expect(shared.length).toBeGreaterThan(50)
  expect(made).toEqual([])
  expect(makesKeysWhenLoaded("const [a] = await Promise.all([\n  makeSp('a'),\n])\n")).toBe(true)
})

/** Whether a constant of the module, and not a function in it, is a key that nobody else keeps. */
function makesKeysWhenLoaded(source: string): boolean {
  const statements = source.split(/\n(?=[^\s)\]}])/)
  return statements.some(
    (each) =>
      /^(?:export )?const /.test(each) &&
      /\b(?:generateCredential|generateKeys|makeKeys?|makeSp)\(/.test(each) &&
      !/=>|makeLasting/.test(each),
  )
}
