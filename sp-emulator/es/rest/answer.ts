/** What a call answers with, before it is written as the client wants it. No body at all for a bare status. */
export interface RestAnswer {
  readonly status: number
  readonly body?: object
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  /** Written by a node's error builder: `filter_path` takes nothing from it (es:AbstractRestChannel). */
  readonly isError?: boolean
}

/** 200 with these fields, in this order. */
export function ok(body: object): RestAnswer {
  return { status: 200, body }
}

/** An error, which is answered whole whatever the client filters. */
export function errorAnswer(status: number, body: object): RestAnswer {
  return { status, body, isError: true }
}

/** The short form of an error, for what fails before a handler is found (spec §1.2). */
export function simpleError(status: number, error: string): RestAnswer {
  return errorAnswer(status, { error, status })
}
