import { expect, test } from 'vitest'
import { untilRead } from './until-read.ts'

function streaming() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  const body = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given
    },
  })
  const ended: string[] = []
  const answer = new Response(body, { status: 201, headers: { 'content-type': 'text/event-stream', a: 'b' } })
  return { read: untilRead(answer, () => ended.push('ended')), ended, controller }
}

test('what does not stream has ended when it is there, and is not touched', () => {
  const ended: string[] = []
  const answer = new Response('{}', { headers: { 'content-type': 'application/json' } })
  expect([untilRead(answer, () => ended.push('ended')), ended]).toEqual([answer, ['ended']])
})

test('what streams ends when it was read to its end', async () => {
  const { read, ended, controller } = streaming()
  expect([read.status, read.headers.get('a'), ended]).toEqual([201, 'b', []])
  controller?.enqueue(new TextEncoder().encode('x'))
  controller?.close()
  expect([await read.text(), ended]).toEqual(['x', ['ended']])
})

test('or when its reader leaves', async () => {
  const { read, ended } = streaming()
  await read.body?.cancel()
  expect(ended).toEqual(['ended'])
})
