import { z } from 'zod'
import type { Row } from './operation.ts'
import { table } from './table.ts'

const introduction = `# The control API, operation by operation

Made from the table of operations that also makes the routes, OpenAPI (\`/_sloop/openapi.json\`) and both clients; the README says how to call it. \`?\` behind a name: it may be absent. Every refusal is
\`{"error":{"type","message","path","expected","actual"}}\`, and nothing has changed then.
`

/** The reference page: every operation with its path, its name in the library, what it takes and what it answers. */
export async function controlReference(): Promise<string> {
  const sections = await Promise.all(Object.entries<Row>(table).map(([name, row]) => section(name, row)))
  return [introduction, ...sections].join('\n')
}

async function section(name: string, { method, path, library, says, load }: Row): Promise<string> {
  const { request, answer, fromXml } = await load()
  const takes = shapeOf(z.toJSONSchema(request, { io: 'input' }))
  const inQuery = method === 'GET' || method === 'DELETE'
  const lines = [
    ...(takes === '{}' ? [] : [`${inQuery ? 'Query' : 'Body'}: \`${takes}\``]),
    ...(fromXml === undefined ? [] : ['Or metadata, as `application/samlmetadata+xml` or `application/xml`.']),
    answer === undefined ? 'Answers nothing (204).' : `Answers: \`${shapeOf(z.toJSONSchema(answer))}\``,
  ]
  return `## ${name}\n\n\`${method} /_sloop${path}\`, in the library \`lab.${library}\`\n\n${says}\n\n${lines.map((line) => `- ${line}\n`).join('')}`
}

type Schema = z.core.JSONSchema.BaseSchema

/** A JSON schema in one line, as TypeScript would have it; one with a name is described elsewhere. */
function shapeOf(schema: Schema): string {
  if (schema.title !== undefined) return schema.title
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map((each) => shapeOf(each as Schema)).join(' | ')
  if (schema.type === 'array') return `[${shapeOf(schema.items as Schema)}, …]`
  if (schema.type !== 'object') return [schema.type ?? 'any'].flat().join(' | ')
  const { properties, required = [], additionalProperties: others } = schema
  if (properties === undefined) return `{ [name]: ${typeof others === 'object' ? shapeOf(others as Schema) : 'any'} }`
  const entries = Object.entries(properties).map(([name, value]) => {
    return `${name}${required.includes(name) ? '' : '?'}: ${shapeOf(value as Schema)}`
  })
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}
