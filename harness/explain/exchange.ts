/** One request of a capture and its answer, as far as SAML may be in it: addresses, the body that was sent, where the answer leads, and what it says. */
export interface Exchange {
  readonly method: string
  readonly url: string
  /** When it began, as it is written. */
  readonly at?: string | undefined
  /** What was sent: `application/x-www-form-urlencoded` or XML. */
  readonly body?: string | undefined
  /** The XML of a message whose form is not in the capture. */
  readonly decoded?: string | undefined
  readonly location?: string | undefined
  readonly answer?: string | undefined
}

type Json = Readonly<Record<string, unknown>>

/** A mapping, empty when it is none. */
export const mapping = (value: unknown): Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** The value of a header, be it written as `{name, value}` or as a pair. */
export function headerOf(headers: unknown, wanted: string): string | undefined {
  for (const header of list(headers)) {
    const [name, value] = Array.isArray(header) ? header : [mapping(header)['name'], mapping(header)['value']]
    if (text(name)?.toLowerCase() === wanted) return text(value)
  }
  return undefined
}
