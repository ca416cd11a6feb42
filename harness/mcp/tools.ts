import type { Tool } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { Row } from '../control/operation.ts'
import { nameInPath } from '../control/over-http.ts'
import { table } from '../control/table.ts'

/** Every operation of the control API that ends as an MCP tool, with the very schemas that check its requests. */
export function makeTools(): Promise<Tool[]> {
  const ending = Object.entries<Row>(table).filter(([, { streams }]) => streams !== true)
  return Promise.all(ending.map(([name, row]) => toolOf(name, row)))
}

async function toolOf(name: string, row: Row): Promise<Tool> {
  const { request } = await row.load()
  return {
    name,
    description: row.says,
    inputSchema: withNameInPath(row, z.toJSONSchema(request, { io: 'input' })),
    annotations: { readOnlyHint: row.method === 'GET', destructiveHint: row.method === 'DELETE' },
  }
}

/** A tool takes one object: what the path names stands beside what the body or the query says. */
function withNameInPath(row: Row, { $schema: _dialect, ...schema }: z.core.JSONSchema.BaseSchema): Tool['inputSchema'] {
  const { properties, required = [], ...rest } = schema
  const key = nameInPath(row)
  const ofPath = key === undefined ? {} : { [key]: { type: 'string', minLength: 1 } }
  const needed = new Set([...Object.keys(ofPath), ...required])
  return { ...rest, type: 'object', properties: { ...(properties as object), ...ofPath }, required: [...needed] }
}
