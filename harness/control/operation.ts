import type { z } from 'zod'
import type { RunningParties } from '../roles/running-parties.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** What was asked of an operation. */
export interface Asked<Given> {
  /** What its path names; empty where that names nothing. */
  readonly key: string
  /** The body, or the query of a GET or DELETE: checked, with defaults. */
  readonly given: Given
  /** Aborted when nobody waits for the answer any more. */
  readonly signal?: AbortSignal | undefined
}

/** How an operation ended: what it answers, and whether that was made by it. */
export type Outcome<Answer> =
  | { readonly status: 200 | 201 | 503; readonly answer: Answer }
  | { readonly status: 204; readonly answer?: undefined }

/** A value that nobody changes. */
type Fixed<T> = T extends readonly (infer Element)[]
  ? readonly Fixed<Element>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fixed<T[Key]> }
    : T

/** One operation: what it takes, what it answers (undefined: nothing) and what it does. */
export interface Operation<
  Request extends z.ZodType = z.ZodType,
  Answer extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly request: Request
  readonly answer: Answer
  /** What a first call may give, where the least that the schema demands would be refused or says little. */
  readonly example?: z.input<Request>
  /** How a document in place of JSON says the same. */
  readonly fromXml?: (document: string) => unknown
  /** What it also answers with, by the media type that a caller accepts: written from what it answers. */
  readonly also?: Readonly<Record<string, (answer: Answer extends z.ZodType ? z.output<Answer> : never) => string>>
  /** @throws ControlError when it is refused; then nothing has changed. */
  run(
    parties: RunningParties,
    asked: Asked<z.output<Request>>,
  ): Promise<Outcome<Answer extends z.ZodType ? Fixed<z.input<Answer>> : undefined>>
}

/** What comes bit by bit, as the octets of Server-Sent Events. */
export interface EventSource {
  /** What comes next, when there is something; undefined at the end. One call at a time. */
  next(): Promise<Uint8Array | undefined>
  stop(): void
}

/** An operation whose answer does not end: it goes on until the caller goes, or the lab. */
export interface StreamedOperation<Request extends z.ZodType = z.ZodType, Item extends z.ZodType = z.ZodType> {
  readonly request: Request
  /** Of each event. */
  readonly answer: Item
  readonly fromXml?: undefined
  readonly also?: undefined
  open(parties: RunningParties, asked: Asked<z.output<Request>>): EventSource
}

export const streamedOperation = <Request extends z.ZodType, Item extends z.ZodType>(
  given: StreamedOperation<Request, Item>,
): StreamedOperation<Request, Item> => given

/** The types of an operation, from its schemas. */
export const operation = <Request extends z.ZodType, Answer extends z.ZodType | undefined>(
  given: Operation<Request, Answer>,
): Operation<Request, Answer> => given

/** A row of the table: all that can be known of an operation before it is called for the first time. */
export interface Row {
  readonly method: Method
  /** Below `/_sloop`, with at most one name in braces. */
  readonly path: string
  /** Where the library has it: `idp.users.list`. */
  readonly library: string
  /** What it does, in one sentence. */
  readonly says: string
  /** Whether its answer does not end. */
  readonly streams?: true
  /** What says, in what it is given, for how many milliseconds it may keep a caller waiting. */
  readonly waits?: string
  /** Its schemas and what it does, which take their time to load. */
  readonly load: () => Promise<Operation | StreamedOperation>
}

export const asked = <Answer>(answer: Answer): Outcome<Answer> => ({ status: 200, answer })
export const changed = asked
export const made = <Answer>(answer: Answer): Outcome<Answer> => ({ status: 201, answer })
export const gone: Outcome<never> = { status: 204 }
