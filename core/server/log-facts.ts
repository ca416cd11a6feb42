import { legibleText } from './legible-text.ts'

const maxStringLength = 256
const maxDepth = 5
const maxItems = 20
const maxFrames = 12

/** What may be logged of a value: strings capped and without control characters, errors as facts, nothing deep or endless. */
export function loggable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return loggableText(value)
  if (typeof value === 'bigint' || typeof value === 'symbol') return String(value)
  if (typeof value === 'function') return '[function]'
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) return '[deeper]'
  if (value instanceof Error) return loggableError(value, depth)
  if (value instanceof Date || value instanceof URL) return loggableText(String(value.toJSON()))
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} octets]`
  if (Array.isArray(value)) return value.slice(0, maxItems).map((item) => loggable(item, depth + 1))
  return loggableEntries(Object.entries(value), depth)
}

/** At most 256 characters of a text, all of which can be seen. */
export function loggableText(text: string): string {
  const capped = text.length > maxStringLength ? `${text.slice(0, maxStringLength - 1)}…` : text
  return legibleText(capped)
}

function loggableError(error: Error, depth: number): object {
  const frames = (error.stack ?? '').split('\n    at ').slice(1, maxFrames)
  const at = frames.length === 0 ? {} : { at: frames.map(loggableText) }
  const because = error.cause === undefined ? {} : { cause: loggable(error.cause, depth + 1) }
  return {
    name: error.name,
    message: loggableText(error.message),
    ...loggableEntries(ownFacts(error), depth),
    ...because,
    ...at,
  }
}

function ownFacts(error: Error): [string, unknown][] {
  return Object.entries(error).filter(([key]) => key !== 'name' && key !== 'message' && key !== 'cause')
}

function loggableEntries(entries: readonly [string, unknown][], depth: number): object {
  return Object.fromEntries(entries.map(([key, value]) => [loggableText(key), loggable(value, depth + 1)]))
}
