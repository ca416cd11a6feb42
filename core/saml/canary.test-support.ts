import { once } from 'node:events'
import { connect, createServer } from 'node:net'

/**
 * How many connections a loopback listener sees while `use` handles documents that name its address. The last one is our own: connections arrive in the
 * order in which they were made, so one that is not there before ours was never made.
 */
export async function connectionsDuring(use: (url: string) => unknown): Promise<number> {
  const visitors: (number | undefined)[] = []
  const canary = createServer((socket) => {
    visitors.push(socket.remotePort)
    socket.destroy()
  }).listen(0, '127.0.0.1')
  await once(canary, 'listening')
  const address = canary.address()
  if (address === null || typeof address === 'string') throw new TypeError('the listener has no port')
  await use(`http://127.0.0.1:${address.port}/`)
  const knock = connect(address.port, '127.0.0.1')
  await once(knock, 'connect')
  const { localPort } = knock
  while (!visitors.includes(localPort)) await once(canary, 'connection')
  knock.destroy()
  canary.close()
  return visitors.indexOf(localPort)
}
