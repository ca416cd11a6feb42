import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { callControl } from '../cli/call-control.ts'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import { table } from '../control/table.ts'
import { startLab } from '../lab.ts'
import { serveMcp } from './mcp-over-http.ts'
import { type CallOperation, createMcpServer } from './mcp-server.ts'
import { makeTools } from './tools.ts'

const lab = await startLab({ applications: [] })
afterAll(() => lab.close())
beforeEach(() => lab.reset())

const call: CallOperation = (asked) => callControl({ at: lab.esUrl }, asked)
const options = { tools: makeTools(), version: '1', call }
const url = 'http://127.0.0.1:1/mcp'

async function client() {
  const [ours, theirs] = InMemoryTransport.createLinkedPair()
  const client = new Client({ name: 'test', version: '1' })
  await createMcpServer(options).connect(ours)
  await client.connect(theirs)
  onTestFinished(() => client.close())
  return client
}

const ending = Object.entries<Row>(table).filter(([, { streams }]) => streams !== true)

test('every operation that ends is a tool, and there is no other', async () => {
  const { tools } = await (await client()).listTools()
  expect(tools.map(({ name, description }) => [name, description])).toEqual(
    ending.map(([name, { says }]) => [name, says]),
  )
  expect(Object.keys(table).filter((name) => ending.every(([each]) => each !== name))).toEqual(['streamJournal'])
})

test('a tool takes what the path names and what the body says, in one object', async () => {
  const { tools } = await (await client()).listTools()
  for (const [name, row] of ending) {
    const { properties, required } = tools.find((tool) => tool.name === name)?.inputSchema ?? {}
    const key = nameInPath(row)
    if (key !== undefined)
      expect([properties, required]).toEqual([
        expect.objectContaining({ [key]: { type: 'string', minLength: 1 } }),
        expect.arrayContaining([key]),
      ])
  }
  expect(tools.find(({ name }) => name === 'signIn')?.inputSchema.properties).toMatchObject({ to: { type: 'string' } })
})

test('what an operation answers is JSON as text and as a value', async () => {
  const mcp = await client()
  const made = await mcp.callTool({ name: 'putUser', arguments: { name: 'dana', groups: ['staff'] } })
  const dana = { name: 'dana', email: 'dana@example.test', displayName: 'dana', groups: ['staff'], attributes: {} }
  expect(made).toEqual({ content: [{ type: 'text', text: JSON.stringify(dana) }], structuredContent: dana })
  expect(await mcp.callTool({ name: 'deleteUser', arguments: { name: 'dana' } })).toEqual({
    content: [{ type: 'text', text: '{}' }],
    structuredContent: {},
  })
})

test('a refusal is a result that says why', async () => {
  const refused = await (await client()).callTool({ name: 'deleteUser', arguments: { name: 'alicia' } })
  const text = 'noSuchUser: there is no user [alicia], did you mean alice?'
  expect(refused).toEqual({ content: [{ type: 'text', text }], isError: true })
})

test.each([
  ['listUser', {}, 'there is no tool [listUser], did you mean listUsers?'],
  ['deleteUser', {}, 'name: expected a text'],
  ['deleteUser', { name: 5 }, 'name: expected a text'],
])('a call that fits no tool is an error of the protocol: %s %j', async (name, args, sentence) => {
  await expect((await client()).callTool({ name, arguments: args })).rejects.toThrow(`MCP error -32602: ${sentence}`)
})

test('the client of the SDK calls over streamable HTTP, and shows the token that the control API asks for', async () => {
  const served = serveMcp({ ...options, token: 'secret' })
  const fetch = async (address: string | URL, init?: RequestInit) => served(new Request(address, init))
  const transport = (authorization: string) =>
    new StreamableHTTPClientTransport(new URL(url), { fetch, requestInit: { headers: { authorization } } })
  const mcp = new Client({ name: 'test', version: '1' })
  onTestFinished(() => mcp.close())
  await mcp.connect(transport('Bearer secret') as Parameters<Client['connect']>[0])
  expect((await mcp.callTool({ name: 'ready' })).structuredContent).toEqual({ ready: true })
  const other = new Client({ name: 'test', version: '1' })
  const refused = other.connect(transport('Bearer other') as Parameters<Client['connect']>[0])
  await expect(refused).rejects.toMatchObject({
    code: 401,
    message: expect.stringContaining('the control API asks for its token: Authorization: Bearer <token>'),
  })
})

test.each([
  ['http://evil.test/mcp', {}, 403, 'the Host of this request is no name of ours'],
  [url, { origin: 'http://evil.test' }, 403, 'this was sent by a page of another site'],
  [url, { 'sec-fetch-site': 'cross-site' }, 403, 'this was sent by a page of another site'],
  ['http://127.0.0.1:1/', {}, 404, 'MCP is at /mcp'],
])('no page of another site gets in, by whatever name: %s %j', async (address, headers, status, message) => {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'reset' } })
  await lab.idp.users.delete('bob')
  const answer = await serveMcp(options)(new Request(address, { method: 'POST', headers, body }))
  expect(answer.status).toBe(status)
  expect(await answer.json()).toEqual({ jsonrpc: '2.0', error: { code: -32000, message }, id: null })
  expect((await lab.idp.users.list()).users.map(({ name }) => name)).toEqual(['alice', 'carol'])
})

test('there is nothing to listen to', async () => {
  const answer = await serveMcp(options)(new Request(url))
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
})
