import { createHook } from 'node:async_hooks'
import { verify } from 'node:crypto'
import { expect, onTestFinished, test } from 'vitest'
import { idp } from '../credentials.test-support.ts'
import { createSignInTurn } from './sign-in-turn.ts'

const texts = ['one', 'two', 'three']
/** Signs texts as a process of its own does. */
function createTextSigner(): (text: string) => Promise<Buffer> {
  const signInTurn = createSignInTurn()
  return (text) => signInTurn('sha256', Buffer.from(text), { key: idp.privateKey })
}
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
  const signText = createTextSigner()
  const onThreadPool = countOnThreadPool()
  for (const text of texts) expect(isOf(text, await signText(text))).toBe(true)
  expect(onThreadPool()).toBe(0)
})

// The first one may be made here after all, when the others are back before its turn comes.
test('signatures that are asked for while another is under way are made on the thread pool', async () => {
  const onThreadPool = countOnThreadPool()
  const signatures = await Promise.all(texts.map(createTextSigner()))
  expect(signatures.map((signature, index) => isOf(texts[index] ?? '', signature))).toEqual([true, true, true])
  expect(onThreadPool()).toBeGreaterThanOrEqual(2)
})

/** Whether the second of two is made on the thread pool that is asked for before the next turn of the event loop. */
async function secondGoesToThreadPool(signText: (text: string) => Promise<Buffer>): Promise<boolean> {
  const onThreadPool = countOnThreadPool()
  const first = signText('one')
  const second = new Promise<Buffer>((resolve) => process.nextTick(() => resolve(signText('two'))))
  expect([isOf('one', await first), isOf('two', await second)]).toEqual([true, true])
  return onThreadPool() > 0
}

test('whoever comes before the next turn of the event loop finds the first one under way', async () => {
  expect(await secondGoesToThreadPool(createTextSigner())).toBe(true)
})

test('whoever found nobody looks for others again after the next sixteen', async () => {
  const signText = createTextSigner()
  await signText('alone')
  expect(await secondGoesToThreadPool(signText)).toBe(false)
  for (const _ of Array(14)) await signText('alone')
  expect(await secondGoesToThreadPool(signText)).toBe(true)
})

test('whoever found nobody sees all the same who wants a signature at the same moment', async () => {
  const signText = createTextSigner()
  await signText('alone')
  const onThreadPool = countOnThreadPool()
  await Promise.all(texts.map(signText))
  expect(onThreadPool()).toBeGreaterThanOrEqual(2)
})

test('whoever found others looks for them each time', async () => {
  const signText = createTextSigner()
  for (const _ of texts) expect(await secondGoesToThreadPool(signText)).toBe(true)
})

test('a signature that cannot be made does not send the next one to the thread pool', async () => {
  const signInTurn = createSignInTurn()
  await expect(signInTurn('sha-nothing', Buffer.from('one'), { key: idp.privateKey })).rejects.toThrow('Invalid digest')
  const onThreadPool = countOnThreadPool()
  expect(isOf('two', await signInTurn('sha256', Buffer.from('two'), { key: idp.privateKey }))).toBe(true)
  expect(onThreadPool()).toBe(0)
})
