import { z } from 'zod'
import type { Row } from './operation.ts'
import { shapeOf } from './shape-of.ts'
import { table } from './table.ts'

const introduction = `# The control API, operation by operation

Made from the table of operations that also makes the routes, OpenAPI (\`/_sloop/openapi.json\`) and both clients; the README says how to call it. \`?\` behind a name: it may be absent. A \`Change\` is what is wrong about a message on purpose, see [changes.md](changes.md). Every refusal is
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
