import { expect, onTestFinished, test } from 'vitest'
import { listen } from '#server/serve'
import { connect } from './connect.ts'
import { ControlError } from './control-error.ts'

test('of an endless answer in the place of a stream no more is read than a refusal can have', async () => {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  const endless = () => new ReadableStream({ start: (at) => at.enqueue(Buffer.alloc(2 * 1024 * 1024)) })
  listener.mount(() => new Response(endless(), { status: 502 }))
  const at = listener.origin('idp.localhost')
  await using events = connect(at).journal.stream()
  const message = `GET ${at}/_sloop/journal/stream: answered with 502, and not as a control API does`
  await expect(events.opened).rejects.toThrow(new ControlError('notUnderstood', message, { status: 502 }))
})
