import { z } from 'zod'
import { exampleOf } from './example-of.ts'
import { type Field, fieldsOf } from './fields-of.ts'
import type { Row } from './operation.ts'
import { type JsonSchema, shapeInLines, shapeOf } from './shape-of.ts'
import { table } from './table.ts'

/** An operation as people read of it. */
export interface DescribedOperation extends Pick<Row, 'method' | 'path' | 'library' | 'says'> {
  readonly name: string
  /** Whether what it takes stands in the query or in the body. */
  readonly takenFrom: 'query' | 'body'
  /** In one line; undefined when it takes nothing. */
  readonly takes: string | undefined
  readonly fields: readonly Field[]
  /** What a first call may give; undefined when it takes nothing. */
  readonly example: unknown
  readonly takesMetadata: boolean
  /** Whether what it answers is each of events without end. */
  readonly streams: boolean
  /** Media types that it also answers with. */
  readonly also: readonly string[]
  /** Undefined when it answers nothing. */
  readonly answers: { readonly inOneLine: string; readonly inLines: string } | undefined
}

/** The table for readers: the one source of every reference. */
export async function describeOperations(): Promise<readonly DescribedOperation[]> {
  return Promise.all(Object.entries<Row>(table).map(([name, row]) => describeOne(name, row)))
}

async function describeOne(name: string, { load, ...row }: Row): Promise<DescribedOperation> {
  const { request, answer, fromXml, also = {}, ...operation } = await load()
  const example = 'example' in operation ? operation.example : undefined
  const schema: JsonSchema = z.toJSONSchema(request, { io: 'input' })
  const takes = shapeOf(schema)
  const answered = answer && z.toJSONSchema(answer)
  return {
    ...row,
    name,
    takenFrom: row.method === 'GET' || row.method === 'DELETE' ? 'query' : 'body',
    takes: takes === '{}' ? undefined : takes,
    fields: fieldsOf(schema),
    example: takes === '{}' ? undefined : (example ?? exampleOf(schema)),
    takesMetadata: fromXml !== undefined,
    streams: row.streams === true,
    also: Object.keys(also),
    answers: answered && { inOneLine: shapeOf(answered), inLines: shapeInLines(answered) },
  }
}
