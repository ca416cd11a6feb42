import { Server } from '@modelcontextprotocol/sdk/server/index.js'
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js'
import { ConfigError } from '#server/config-error'
import { hintFor } from '#server/suggestions'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import { table } from '../control/table.ts'

/** Calls an operation. @throws ConfigError with the sentence of who refuses */
export type CallOperation = (call: {
  readonly row: Row
  readonly key: string
  readonly given: unknown
}) => Promise<unknown>

export interface McpServerOptions {
  readonly tools: Promise<Tool[]>
  readonly version: string
  readonly call: CallOperation
}

const operations: Readonly<Record<string, Row>> = table

/** The operations of a control API for one MCP client. A refusal is a result with `isError`, so that the model reads the sentence. */
export function createMcpServer({ tools, version, call }: McpServerOptions): Server {
  // The higher interface of the SDK makes schemas of its own; ours are there.
  const server = new Server({ name: 'sloop', version }, { capabilities: { tools: {} } })
  server.setRequestHandler(ListToolsRequestSchema, async () => ({ tools: await tools }))
  server.setRequestHandler(CallToolRequestSchema, async ({ params }) => {
    const row = getOperation(params.name)
    const { key, given } = divided(row, params.arguments ?? {})
    return call({ row, key, given }).then(resultOf, refusalOf)
  })
  return server
}

function getOperation(name: string): Row {
  const row = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (row !== undefined) return row
  const hint = hintFor(name, Object.keys(operations))
  throw new McpError(ErrorCode.InvalidParams, `there is no tool [${name.slice(0, 80)}], ${hint}`)
}

function divided(row: Row, args: Readonly<Record<string, unknown>>): { key: string; given: unknown } {
  const inPath = nameInPath(row)
  if (inPath === undefined) return { key: '', given: args }
  const { [inPath]: key, ...given } = args
  if (typeof key === 'string' && key !== '') return { key, given }
  throw new McpError(ErrorCode.InvalidParams, `${inPath}: expected a text`)
}

/** What answers nothing answers an empty object. */
function resultOf(answer: unknown): CallToolResult {
  const structuredContent = (answer ?? {}) as Record<string, unknown>
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent }
}

function refusalOf(error: unknown): CallToolResult {
  if (!(error instanceof ConfigError)) throw error
  return { content: [{ type: 'text', text: error.message }], isError: true }
}
