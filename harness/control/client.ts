import type { z } from 'zod'
import type { Operation, Row, StreamedOperation } from './operation.ts'
import { type OpenStream, type Streamed, streamed } from './streamed.ts'
import { type Table, table } from './table.ts'

type OperationOf<R extends Row> = Awaited<ReturnType<R['load']>>
type Key<Path> = Path extends `${string}{${string}}${string}` ? [key: string] : []
type Given<Request extends z.ZodType> =
  Record<never, never> extends z.input<Request> ? [given?: z.input<Request>] : [given: z.input<Request>]
type Answered<Answer> = Answer extends z.ZodType ? z.output<Answer> : undefined

/** An operation as a function: what its path names, then what it is given. */
type Call<R extends Row> =
  OperationOf<R> extends Operation<infer Request, infer Answer>
    ? (...args: [...Key<R['path']>, ...Given<Request>]) => Promise<Answered<Answer>>
    : OperationOf<R> extends StreamedOperation<infer Request, infer Item>
      ? (...args: Given<Request>) => Streamed<Answered<Item>>
      : never

type Nested<Path extends string, Value> = Path extends `${infer First}.${infer Rest}`
  ? { readonly [Name in First]: Nested<Rest, Value> }
  : { readonly [Name in Path]: Value }

type Together<Union> = (Union extends unknown ? (each: Union) => void : never) extends (all: infer All) => void
  ? All
  : never

/** Every operation of the control API as a function, by its name in the library: the same in this process and over HTTP. Each throws ControlError. */
export type Operations = Together<
  { [Name in keyof Table]: Nested<Table[Name]['library'], Call<Table[Name]>> }[keyof Table]
>

interface Called {
  readonly key: string
  readonly given: unknown
}

/** Carries calls. */
export interface Carry {
  call(row: Row, called: Called): Promise<unknown>
  /** The octets of a stream, until it is aborted. */
  stream(row: Row, called: Called, signal: AbortSignal): ReturnType<OpenStream>
}

/** The functions of the library, each of which is carried in the same way. Nothing is loaded for it. */
export function makeControl(carry: Carry): Operations {
  const control: Record<string, unknown> = {}
  for (const row of Object.values<Row>(table)) {
    const hasKey = row.path.includes('{')
    const called = (args: readonly unknown[]): Called => {
      const [key, given = {}] = hasKey ? args : ['', ...args]
      return { key: String(key), given }
    }
    const call = async (...args: readonly unknown[]) => carry.call(row, called(args))
    const stream = (...args: readonly unknown[]) => streamed((signal) => carry.stream(row, called(args), signal))
    put(control, row.library.split('.'), row.streams === true ? stream : call)
  }
  return control as Operations
}

function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], call: unknown): void {
  if (rest.length === 0) {
    into[first] = call
    return
  }
  const inner = (into[first] ?? {}) as Record<string, unknown>
  into[first] = inner
  put(inner, rest, call)
}
