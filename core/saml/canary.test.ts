import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { connectionsDuring } from './canary.test-support.ts'

test('the canary sees a connection that was only begun', async () => {
  const connections = await connectionsDuring((url) => {
    connect(Number(new URL(url).port), '127.0.0.1').once('error', () => undefined)
  })
  expect(connections).toBe(1)
})

test('the canary does not count its own knock', async () => {
  expect(await connectionsDuring(() => undefined)).toBe(0)
})
