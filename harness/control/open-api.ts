import { z } from 'zod'
import type { Row } from './operation.ts'
import { nameInPath } from './over-http.ts'
import { table } from './table.ts'

/** The table as OpenAPI 3.1: every operation with the very schemas that check its requests. */
export async function openApi(): Promise<unknown> {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const [name, row] of Object.entries<Row>(table)) {
    const path = `/_sloop${row.path}`
    paths[path] = { ...paths[path], [row.method.toLowerCase()]: await describe(name, row) }
  }
  const info = { title: 'sloop', version: '1', description: 'The control API of sloop' }
  return { openapi: '3.1.0', info, paths, components: { schemas: { Error: errorSchema } } }
}

async function describe(operationId: string, { path, method, says, load }: Row) {
  const operation = await load()
  const { request, fromXml } = operation
  const inQuery = method === 'GET' || method === 'DELETE'
  const key = nameInPath({ path })
  const ofPath = key === undefined ? [] : [{ name: key, in: 'path', required: true, schema: { type: 'string' } }]
  const schema = z.toJSONSchema(request, { io: 'input' })
  const xml = fromXml && { 'application/samlmetadata+xml': {}, 'application/xml': {} }
  const content = { 'application/json': { schema }, ...xml }
  return {
    operationId,
    summary: says,
    parameters: [...ofPath, ...(inQuery ? parametersOf(schema) : [])],
    ...(!inQuery && { requestBody: { content } }),
    responses: { ...answersOf(operation), default: refusal },
  }
}

function parametersOf({ properties = {}, required = [] }: { properties?: object; required?: readonly string[] }) {
  return Object.entries(properties).map(([name, schema]) => {
    return { name, in: 'query', required: required.includes(name), schema }
  })
}

function answersOf(operation: Awaited<ReturnType<Row['load']>>) {
  const { answer, also = {} } = operation
  if (answer === undefined) return { '204': { description: 'Done' } }
  const type = 'open' in operation ? 'text/event-stream' : 'application/json'
  const others = Object.keys(also).map((each) => [each, { schema: { type: 'string' } }])
  const content = { [type]: { schema: z.toJSONSchema(answer) }, ...Object.fromEntries(others) }
  return { '2XX': { description: 'Done', content } }
}

const errorSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['type', 'message'],
      properties: {
        type: { type: 'string' },
        message: { type: 'string' },
        path: { type: 'string' },
        expected: {},
        actual: {},
        code: { type: 'string' },
        nearest: { type: 'array' },
      },
    },
  },
}

const refusal = {
  description: 'Refused; nothing has changed',
  content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
}
