import { expect, test } from 'vitest'
import { startServer } from '../network/small-server.test-support.ts'
import { exchange } from './http-exchange.ts'

test('a connection is kept for the next request to the same party', async () => {
  const ports = new Set<number | undefined>()
  const port = await startServer(({ socket }, response) => {
    ports.add(socket.remotePort)
    response.end('here')
  })
  for (const path of ['one', 'two', 'three']) {
    await expect(exchange({ method: 'GET', url: `http://127.0.0.1:${port}/${path}` })).resolves.toMatchObject({
      status: 200,
      text: 'here',
    })
  }
  expect(ports.size).toBe(1)
})

test('a party that ended the connection is asked over another one', async () => {
  const ports = new Set<number | undefined>()
  const port = await startServer(({ socket }, response) => {
    ports.add(socket.remotePort)
    response.end('here', () => socket.end())
  })
  const ask = () => exchange({ method: 'GET', url: `http://127.0.0.1:${port}/` })
  await ask()
  await expect(ask()).resolves.toMatchObject({ status: 200, text: 'here' })
  expect(ports.size).toBe(2)
})
