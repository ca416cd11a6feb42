import { ConfigError } from '#server/config'

/** What a name stands for; undefined for nothing. */
export type Lookup = (name: string) => string | undefined

/**
 * A text in which `${NAME}` and `${NAME:default}` are replaced by what they stand for, also inside of each other, as a node does with the values of its
 * settings (`PropertyPlaceholder`). What has no closing brace stays.
 * @throws ConfigError in the words of a node when a name stands for nothing and has no default, or for itself.
 */
export function replacePlaceholders(text: string, lookup: Lookup): string {
  return replace(text, { lookup, around: [] })
}

interface Replacing {
  readonly lookup: Lookup
  /** The placeholders that are being replaced. */
  readonly around: readonly string[]
}

function replace(text: string, { lookup, around }: Replacing): string {
  const start = text.indexOf('${')
  const end = start < 0 ? -1 : closingBrace(text, start + 2)
  if (end < 0) return text
  const written = text.slice(start + 2, end)
  if (around.includes(written)) {
    throw new ConfigError(`Circular placeholder reference '${written}' in property definitions`)
  }
  const inside = { lookup, around: [...around, written] }
  const value = replace(lookUp(replace(written, inside), lookup), inside)
  return text.slice(0, start) + value + replace(text.slice(end + 1), { lookup, around })
}

function lookUp(placeholder: string, lookup: Lookup): string {
  const [name = '', ...rest] = placeholder.split(':')
  const otherwise = rest.length === 0 ? undefined : rest.join(':')
  const value = lookup(name) ?? otherwise
  if (value !== undefined) return value
  throw new ConfigError(`Could not resolve placeholder '${name}'`)
}

function closingBrace(text: string, from: number): number {
  let open = 1
  for (let at = from; at < text.length; at += 1) {
    if (text.startsWith('${', at)) open += 1
    else if (text[at] === '}') open -= 1
    if (open === 0) return at
  }
  return -1
}
