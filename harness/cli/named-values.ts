import { ConfigError } from '#server/config-error'

/** A mapping as `name=value` words say it. */
export type NamedValues = Readonly<Record<string, unknown>>

/**
 * What `name=value` words say together (`spec/contract.md` §4): dots in a name make objects, and a value is JSON where it parses as JSON, else a text.
 * @throws ConfigError when a word is no such thing, or says again what was said.
 */
export function readNamedValues(words: readonly string[], before: NamedValues = {}): NamedValues {
  return words.reduce(addNamedValue, before)
}

/** The same with one word more. @throws ConfigError */
export function addNamedValue(before: NamedValues, word: string): NamedValues {
  const end = word.indexOf('=')
  const name = word.slice(0, Math.max(end, 0))
  const path = name.split('.')
  if (path.includes('')) {
    throw new ConfigError(`[${word.slice(0, 80)}]: expected name=value, such as nameId.value=alice`)
  }
  return put(before, { name, path, value: readValue(word.slice(end + 1)) })
}

interface Said {
  readonly name: string
  /** What is left of the name, below where we are. */
  readonly path: readonly string[]
  readonly value: unknown
}

function put(before: NamedValues, { name, path, value }: Said): NamedValues {
  const [first = '', ...rest] = path
  const there = Object.hasOwn(before, first) ? before[first] : undefined
  if (there !== undefined && (rest.length === 0 || !isMapping(there))) {
    throw new ConfigError(`${name}: it is said twice, found [${JSON.stringify(there).slice(0, 80)}] before`)
  }
  // A computed key is never the prototype, whatever it is called.
  return { ...before, [first]: rest.length === 0 ? value : put(there ?? {}, { name, path: rest, value }) }
}

const isMapping = (value: unknown): value is NamedValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
