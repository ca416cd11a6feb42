import { request } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { type Delivery, deliverOtherwise } from './delivery.ts'
import { noFaults } from './faults.ts'
import { listen } from './serve.ts'

const inPlace = {
  wait: noFaults.wait,
  env: undefined,
  never: () => new Response('our own page'),
  failure: () => new Response('failed', { status: 500 }),
}

test.each<[Delivery, number, string]>([
  ['never', 200, 'our own page'],
  ['status500', 500, 'failed'],
  ['reset', 502, 'the connection is reset\n'],
])('%s is answered in place of the message', async (delivery, status, text) => {
  const answer = await deliverOtherwise(delivery, inPlace)
  expect([answer?.status, await answer?.text()]).toEqual([status, text])
})

test.each<[Delivery]>([['twice'], [{ delayMs: 1 }]])('%j lets the message go out', async (delivery) => {
  expect(await deliverOtherwise(delivery, inPlace)).toBeUndefined()
})

test('over a socket a reset is one, and the server goes on', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0, closeGraceMs: 0 })
  onTestFinished(() => listener.close())
  listener.mount(async ({ url }, env) => {
    const reset = url.endsWith('/reset') && (await deliverOtherwise('reset', { ...inPlace, env }))
    return reset || new Response('right')
  })
  const at = (path: string) => `http://127.0.0.1:${listener.port}${path}`
  expect(await codeOf(at('/reset'))).toBe('ECONNRESET')
  expect(await (await fetch(at('/'))).text()).toBe('right')
})

/** Why a request failed; its status when it did not. */
const codeOf = (url: string) =>
  new Promise((resolve) => {
    const asking = request(url, (answer) => resolve(answer.resume().statusCode))
    asking.on('error', (error: NodeJS.ErrnoException) => resolve(error.code)).end()
  })
