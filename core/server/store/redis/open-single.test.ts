import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { loadClientLibrary } from './client-library.ts'
import { openSingle } from './open-single.ts'

test('a connection that is given up while it is made does not stay', async () => {
  const taken: Socket[] = []
  const server = createServer((socket) => void taken.push(socket.resume())).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of taken) socket.destroy()
    server.close()
  })
  const { port } = server.address() as { port: number }
  const givingUp = new AbortController()
  const library = await loadClientLibrary()
  const opening = openSingle(library, {
    url: `redis://127.0.0.1:${port}`,
    onLost: () => undefined,
    signal: givingUp.signal,
  })
  givingUp.abort()
  const refused = expect(opening).rejects.toThrow()
  await expect.poll(() => taken.map(({ destroyed }) => destroyed)).toEqual([true])
  await refused
})
