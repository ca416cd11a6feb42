import type { core } from 'zod'

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  record: 'a mapping',
}

const tooSmall: Readonly<Record<string, (limit: { minimum: number | bigint; inclusive?: boolean }) => string>> = {
  string: () => 'a text that is not empty',
  number: ({ minimum, inclusive }) => `a number ${inclusive === true ? 'of at least' : 'above'} ${minimum}`,
}

const tooBig: Readonly<Record<string, (limit: { maximum: number | bigint }) => string>> = {
  number: ({ maximum }) => `a number of at most ${maximum}`,
}

const formats: Readonly<Record<string, string>> = { datetime: 'an instant such as 2026-01-01T00:00:00Z' }

const longestText = 40

/** What zod finds wrong with a value, in words for people: what was expected and what was found. Of anything else zod speaks for itself. */
export function plainMessage(issue: core.$ZodRawIssue): string | undefined {
  const expected = expectation(issue)
  return expected === undefined ? undefined : `expected ${expected}, found ${describe(issue.input)}`
}

/** What zod expected in place of a value, in words; undefined where it has words of its own. */
export function expectation(issue: core.$ZodRawIssue | core.$ZodIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kinds[issue.expected]
    case 'too_small':
      return tooSmall[issue.origin]?.(issue)
    case 'too_big':
      return tooBig[issue.origin]?.(issue)
    case 'invalid_value':
      return `one of ${issue.values.join(', ')}`
    case 'invalid_format':
      return formats[issue.format]
    case 'invalid_key':
      return 'a name that is not empty'
    default:
      return undefined
  }
}

function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (value === '') return 'an empty text'
  if (typeof value === 'string') return `the text ${JSON.stringify(shortened(value))}`
  if (typeof value === 'number') return `the number ${value}`
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'object' ? 'a mapping' : String(value)
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText - 1)}…` : text
}
