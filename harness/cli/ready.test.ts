import { Command } from 'commander'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { type Listener, listen } from '#server/serve'
import { configure } from './ready.ts'

function role(statusOf: (path: string) => number): Promise<Listener> {
  return answering((path) => new Response(null, { status: statusOf(path) }))
}

async function answering(answer: (path: string) => Response): Promise<Listener> {
  const listener = await listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => listener.close())
  listener.mount((request) => answer(new URL(request.url).pathname))
  return listener
}

async function ready(...args: string[]): Promise<void> {
  const command = new Command('ready')
  const startRoles = () => Promise.reject(new TypeError('ready starts nothing'))
  configure(command, { print: () => undefined, stop: new AbortController().signal, startRoles })
  await command.parseAsync(args, { from: 'user' })
}

test('ends well when every role says that it is ready', async () => {
  const idp = await role((path) => (path === '/_sloop/ready' ? 200 : 404))
  const es = await role((path) => (path === '/labs/7/_sloop/ready' ? 200 : 404))
  const urls = ['--url', idp.origin('idp.localhost'), '--url', `${es.origin('localhost')}/labs/7/`]
  await expect(ready(...urls, '--timeout', '0')).resolves.toBeUndefined()
})

test('waits for a role that is still loading', async () => {
  let asked = 0
  const idp = await role(() => (++asked < 3 ? 503 : 200))
  await ready('--url', idp.origin('idp.localhost'))
  expect(asked).toBe(3)
})

test('a role that is not ready in time is named with its answer', async () => {
  const idp = await role(() => 503)
  const url = idp.origin('idp.localhost')
  await expect(ready('--url', url, '--timeout', '0')).rejects.toThrow(
    new ConfigError(`${url} is not ready: ${url}/_sloop/ready answers 503`),
  )
})

test.each([
  ['no route to host', 'no route to host'],
  ['\u001b[2J', '\\u001b[2J'],
])('a role that says what it lacks is quoted, in a form that is safe to print', async (missing, told) => {
  const idp = await answering(() => Response.json({ ready: false, missing }, { status: 503 }))
  const url = idp.origin('idp.localhost')
  await expect(ready('--url', url, '--timeout', '0')).rejects.toThrow(new ConfigError(`${url} is not ready: ${told}`))
})

test.each(['null', '{"missing":1}', '<html>'])('what it lacks is not made up: %s', async (body) => {
  const idp = await answering(() => new Response(body, { status: 500 }))
  const url = idp.origin('idp.localhost')
  await expect(ready('--url', url, '--timeout', '0')).rejects.toThrow(
    new ConfigError(`${url} is not ready: ${url}/_sloop/ready answers 500`),
  )
})

test('a role that does not run is named', async () => {
  const idp = await role(() => 200)
  await idp.close()
  const url = idp.origin('idp.localhost')
  await expect(ready('--url', url, '--timeout', '0')).rejects.toThrow(
    new ConfigError(`${url} is not ready: GET ${url}/_sloop/ready: connection refused`),
  )
})
