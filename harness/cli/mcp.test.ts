import { EventEmitter, once } from 'node:events'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { expect, onTestFinished, test } from 'vitest'
import { ConfigError } from '#server/config-error'
import { startLab } from '../lab.ts'
import { orWhatIsMissing } from './mcp.ts'
import { createProgram } from './program.ts'
import { builtCommand } from './sloop-process.test-support.ts'

test('the client of the SDK starts sloop mcp and speaks to it by standard input and output', async () => {
  const lab = await startLab({ applications: [] })
  onTestFinished(() => lab.close())
  const [command, ...words] = builtCommand
  const args = [...words, 'mcp', '--at', lab.esUrl]
  const mcp = new Client({ name: 'test', version: '1' })
  onTestFinished(() => mcp.close())
  await mcp.connect(new StdioClientTransport({ command, args }))
  expect((await mcp.callTool({ name: 'ready' })).structuredContent).toEqual({ ready: true })
}, 60_000)

test('over HTTP it says where, answers there, and ends when it is told to', async () => {
  const stop = new AbortController()
  const said = new EventEmitter()
  const first = once(said, 'line') as Promise<[string]>
  const startRoles = () => Promise.reject(new TypeError('mcp starts nothing'))
  const argv = ['mcp', '--mcp-port', '0', '--at', 'http://127.0.0.1:1']
  const program = await createProgram(argv, {
    print: (line) => void said.emit('line', line),
    stop: stop.signal,
    startRoles,
  })
  const ended = program.parseAsync(argv, { from: 'user' })
  onTestFinished(() => stop.abort())
  const [line] = await first
  const [, url = ''] = /^MCP over streamable HTTP: (http:\/\/127\.0\.0\.1:\d+\/mcp)\n$/.exec(line) ?? []
  const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'ready' } }
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' }
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(call) })
  expect(await answer.json()).toMatchObject({ result: { isError: true } })
  stop.abort()
  await ended
})

test('where the SDK is not installed, a sentence says what to install', () => {
  const message = "Cannot find package '@modelcontextprotocol/sdk' imported from /x/dist/chunks/run-mcp.js"
  expect(() => orWhatIsMissing(Object.assign(new Error(message), { code: 'ERR_MODULE_NOT_FOUND' }))).toThrow(
    new ConfigError(
      'sloop mcp needs the package @modelcontextprotocol/sdk beside sloop: npm install @modelcontextprotocol/sdk',
    ),
  )
  const other = new Error('Cannot find package')
  expect(() => orWhatIsMissing(other)).toThrow(other)
})
