import { createHook } from 'node:async_hooks'
import { verify } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { signInTurn } from './sign-in-turn.ts'

const texts = ['one', 'two', 'three']
const signText = (text: string) => signInTurn('sha256', Buffer.from(text), { key: idp.privateKey })
const isOf = (text: string, signature: Buffer) =>
  verify('sha256', Buffer.from(text), idp.certificate.publicKey, signature)

/** How many signatures come back from the thread pool from now on: of one that is made here Node has nothing to call back. */
function countOnThreadPool() {
  const jobs = new Set<number>()
  let count = 0
  const init = (id: number, type: string) => void (type === 'SIGNREQUEST' && jobs.add(id))
  const hook = createHook({ init, before: (id) => void (jobs.has(id) && count++) }).enable()
  onTestFinished(() => void hook.disable())
  return () => count
}

test('signatures that are asked for one after the other keep off the thread pool', async () => {
  const onThreadPool = countOnThreadPool()
  for (const text of texts) expect(isOf(text, await signText(text))).toBe(true)
  expect(onThreadPool()).toBe(0)
})

// The first one may be made here after all, when the others are back before its turn comes.
test('signatures that are asked for while another is under way are made on the thread pool', async () => {
  const onThreadPool = countOnThreadPool()
  const signatures = await Promise.all(texts.map(signText))
  expect(signatures.map((signature, index) => isOf(texts[index] ?? '', signature))).toEqual([true, true, true])
  expect(onThreadPool()).toBeGreaterThanOrEqual(2)
})

test('whoever comes before the next turn of the event loop finds the first one under way', async () => {
  const onThreadPool = countOnThreadPool()
  const first = signText('one')
  const second = new Promise<Buffer>((resolve) => process.nextTick(() => resolve(signText('two'))))
  expect([isOf('one', await first), isOf('two', await second)]).toEqual([true, true])
  expect(onThreadPool()).toBeGreaterThanOrEqual(1)
})

test('a signature that cannot be made does not send the next one to the thread pool', async () => {
  await expect(signInTurn('sha-nothing', Buffer.from('one'), { key: idp.privateKey })).rejects.toThrow('Invalid digest')
  const onThreadPool = countOnThreadPool()
  expect(isOf('two', await signText('two'))).toBe(true)
  expect(onThreadPool()).toBe(0)
})
