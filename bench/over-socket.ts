import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { type Listener, listen } from '#server/serve'
import { madeAhead } from './contenders.ts'
import type { Limit } from './limit.ts'
import type { Contender } from './measure.ts'
import { type BenchNode, callHeaders, realmName } from './node.ts'

/** One invalidate at a time over a kept connection, and the same octets sent to a server of `node:http` that does only the cryptography. */
export async function invalidateOverSocket(
  node: BenchNode,
  { onOneThread }: Limit,
): Promise<{ readonly contenders: readonly Contender[]; close(): Promise<void> }> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  listener.mount(node.fetch)
  const bare = createServer((request, answer) => {
    request.resume().on('end', () => {
      onOneThread()
      answer.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body)
    })
  })
  // As long as the answer of the node.
  const body = JSON.stringify({ realm: realmName, invalidated: 1, redirect: 'x'.repeat(850) })
  await once(bare.listen(0, '127.0.0.1'), 'listening')
  const bareClient = openClient((bare.address() as AddressInfo).port)
  const client = openClient(listener.port)
  const calls = madeAhead(async () => callWith(await node.openSession()))
  const sameCall = callWith(await node.openSession())
  return {
    contenders: [
      { name: 'bare server', run: () => bareClient.send(sameCall) },
      { name: 'over a socket', run: async () => checkEnded(await client.send(calls.take())), prepare: calls.make },
    ],
    close: async () => {
      for (const each of [bareClient, client]) each.close()
      bare.close()
      await listener.close()
    },
  }
}

/** A client that costs next to nothing. */
function openClient(port: Listener['port']) {
  const socket = connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1')
  let received = ''
  let answered: (answer: string) => void = () => undefined
  socket.on('data', (octets: string) => {
    received += octets
    const [head = ''] = received.split('\r\n\r\n', 1)
    const [, length] = /\r\ncontent-length: (\d+)/i.exec(head) ?? []
    if (length === undefined || received.length < head.length + 4 + Number(length)) return
    const answer = received
    received = ''
    answered(answer)
  })
  return {
    send: (call: string) =>
      new Promise<string>((resolve) => {
        answered = resolve
        socket.write(call)
      }),
    close: () => socket.destroy(),
  }
}

function callWith(query: string): string {
  const body = JSON.stringify({ realm: realmName, query_string: query })
  const headers = { ...callHeaders, host: 'localhost:9200', 'content-length': body.length }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  return `POST /_security/saml/invalidate HTTP/1.1\r\n${lines.join('')}\r\n${body}`
}

function checkEnded(answer: string): void {
  if (!answer.startsWith('HTTP/1.1 200 ') || !answer.includes('"invalidated":1')) throw new Error(answer)
}
