/** A request as it came: its target and its header lines, names and values in turn, octet for octet. */
export interface Head {
  readonly method: string
  readonly target: string
  readonly headers: readonly string[]
}

/** The path as it was sent, and the query after the first `?`, undefined without one. */
export function splitTarget(target: string): { readonly path: string; readonly query: string | undefined } {
  const start = target.indexOf('?')
  if (start === -1) return { path: target, query: undefined }
  return { path: target.slice(0, start), query: target.slice(start + 1) }
}
