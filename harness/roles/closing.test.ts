import { expect, test } from 'vitest'
import { createClosing } from './closing.ts'

test('everything is ended in the order of adding, each when the one before it is done', async () => {
  const ended: string[] = []
  const closing = createClosing()
  closing.add(async () => {
    await new Promise(setImmediate)
    ended.push('sockets')
  })
  closing.add(() => ended.push('client'))
  await closing.close()
  expect(ended).toEqual(['sockets', 'client'])
})

// cases/robustness S1
test('who closes again waits for the first closing, and nothing is ended twice', async () => {
  let ends = 0
  const closing = createClosing()
  closing.add(async () => {
    await new Promise(setImmediate)
    ends += 1
  })
  const first = closing.close()
  await closing.close()
  expect(ends).toBe(1)
  expect(closing.close()).toBe(first)
})

test('what is added after the end is ended at once', async () => {
  let ended = false
  const closing = createClosing()
  await closing.close()
  closing.add(() => {
    ended = true
  })
  await closing.close()
  expect(ended).toBe(true)
})

test('an end that fails is told, and those behind it are ended all the same', async () => {
  let ended = false
  const closing = createClosing()
  closing.add(() => Promise.reject(new Error('no client')))
  closing.add(() => {
    ended = true
  })
  await expect(closing.close()).rejects.toThrow(new Error('no client'))
  expect(ended).toBe(true)
})
