import { z } from 'zod'
import { type DescribedOperation, describeOperations } from './describe-operations.ts'
import { shapeOf } from './shape-of.ts'

const introduction = `# The control API, operation by operation

For whoever looks an operation up. Made from the table of operations that also makes the routes, OpenAPI (\`/_sloop/openapi.json\`) and both clients; [remote-control.md](remote-control.md) says how to call it. Every role serves the same as a page, with examples for a shell, at \`/_sloop/reference\`. \`?\` behind a name: it may be absent. A \`Change\` is what is wrong about a message on purpose, see [changes.md](changes.md). Every refusal is
\`{"error":{"type","message","path","expected","actual"}}\`, and nothing has changed then.
`

/** The reference in Markdown: every operation with its path, its name in the library, what it takes and what it answers. */
export async function controlReference(): Promise<string> {
  const { entrySchema } = await import('../journal/entry-schema.ts')
  const { title: _title, ...entry } = z.toJSONSchema(entrySchema)
  const shape = `A \`JournalEntry\` is \`${shapeOf(entry)}\`, and a \`Match\` has any of its fields.\n`
  return [introduction, shape, ...(await describeOperations()).map(section)].join('\n')
}

function section(described: DescribedOperation): string {
  const { name, method, path, library, says, takes, takenFrom, takesMetadata, also } = described
  const others = also.map((type) => `\`${type}\``).join(', ')
  const lines = [
    ...(takes === undefined ? [] : [`${takenFrom === 'query' ? 'Query' : 'Body'}: \`${takes}\``]),
    ...(takesMetadata ? ['Or metadata, as `application/samlmetadata+xml` or `application/xml`.'] : []),
    answersOf(described),
    ...(others === '' ? [] : [`Or, as the \`Accept\` of the call says: ${others}.`]),
  ]
  return `## ${name}\n\n\`${method} /_sloop${path}\`, in the library \`lab.${library}\`\n\n${says}\n\n${lines.map((line) => `- ${line}\n`).join('')}`
}

function answersOf({ answers, streams }: DescribedOperation): string {
  if (answers === undefined) return 'Answers nothing (204).'
  return `${streams ? 'Answers events without end (`text/event-stream`), of each the data' : 'Answers'}: \`${answers.inOneLine}\``
}
