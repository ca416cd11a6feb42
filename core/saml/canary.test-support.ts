import { createServer } from 'node:net'
import { setImmediate } from 'node:timers/promises'

/** How many connections a loopback listener sees while `use` handles documents that name its address. */
export async function connectionsDuring(use: (url: string) => void): Promise<number> {
  let connections = 0
  const canary = createServer(() => connections++).listen(0, '127.0.0.1')
  await new Promise((resolve) => canary.once('listening', resolve))
  const address = canary.address()
  if (address === null || typeof address === 'string') throw new TypeError('the listener has no port')
  use(`http://127.0.0.1:${address.port}/`)
  await setImmediate()
  canary.close()
  return connections
}
