import { z } from 'zod'
import { expectation, plainMessage } from '#server/plain-message'
import { hintFor, nearest } from '#server/suggestions'
import { type Change, changeNames, changes } from './change-list.ts'

/** What is wrong with a wish for a change. */
export interface ChangeMistake {
  /** Below the change: `escapes.sent`. */
  readonly path: string
  /** In words that follow the path and a colon. */
  readonly message: string
  readonly expected: unknown
  readonly actual: unknown
}

/** A wish for a change that names what there is not, or what can never be combined. */
export class ChangeRefusal extends Error {
  override readonly name = 'ChangeRefusal'
  readonly path: string
  /** The sentence without its path, and where that leads below the change. */
  readonly mistake: ChangeMistake
  readonly expected: unknown
  readonly actual: unknown

  constructor(mistake: ChangeMistake) {
    const { path, message, expected, actual } = mistake
    const whole = path === '' ? 'change' : `change.${path}`
    super(`${whole}: ${message}`)
    this.path = whole
    this.mistake = mistake
    this.expected = expected
    this.actual = actual
  }
}

/** @throws ChangeRefusal that names the path and the nearest word there is. */
export function checkChange(given: unknown): Change {
  if (!isMapping(given)) throw new ChangeRefusal(mistake('', z.record(z.string(), z.unknown()), given))
  for (const [name, value] of Object.entries(given)) {
    const path = name.slice(0, longestEcho)
    if (!isName(name)) throw new ChangeRefusal(unknownWord(path, { what: 'change', word: name, known: changeNames }))
    const { values } = changes[name]
    if (value !== undefined && !values.safeParse(value).success) {
      throw new ChangeRefusal(mistake(path, values as z.ZodType, value))
    }
  }
  checkTogether(given as Change)
  return given as Change
}

const isName = (name: string): name is keyof Change => Object.hasOwn(changes, name)
const isMapping = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const longestEcho = 256

/** The first thing that is wrong with a value that does not fit: of several forms, in the one that was meant. */
function mistake(path: string, schema: z.ZodType, value: unknown): ChangeMistake {
  const forms = formsOf(schema)
  const words = forms.flatMap((form) => (form instanceof z.ZodEnum ? form.options.map(String) : []))
  if (typeof value === 'string' && words.length > 0)
    return unknownWord(path, { what: 'value', word: value, known: words })
  const meant = forms.find((form) => isMapping(value) && form instanceof z.ZodObject)
  const listed = forms.find((form) => Array.isArray(value) && form instanceof z.ZodArray)
  if (meant instanceof z.ZodObject && isMapping(value)) return mistakeInMapping(path, meant, value)
  if (listed instanceof z.ZodArray && Array.isArray(value)) return mistakeInList(path, listed, value)
  return plainMistake(path, forms.length === 1 ? schema : undefined, {
    value,
    expected: forms.map(inWords).join(', or '),
  })
}

function mistakeInMapping(path: string, schema: z.ZodObject, given: Record<string, unknown>): ChangeMistake {
  const known = Object.keys(schema.shape)
  const stranger = Object.keys(given).find((key) => !known.includes(key))
  if (stranger !== undefined) {
    return unknownWord(`${path}.${stranger.slice(0, longestEcho)}`, { what: 'key', word: stranger, known })
  }
  for (const key of known) {
    const part = schema.shape[key] as z.ZodType
    if (!part.safeParse(given[key]).success) return mistake(`${path}.${key}`, part, given[key])
  }
  return plainMistake(path, schema, { value: given, expected: inWords(schema) })
}

function mistakeInList(path: string, schema: z.ZodArray, given: readonly unknown[]): ChangeMistake {
  const element = schema.element as z.ZodType
  const wrong = given.findIndex((each) => !element.safeParse(each).success)
  if (wrong >= 0) return mistake(`${path}[${wrong}]`, element, given[wrong])
  return plainMistake(path, schema, { value: given, expected: inWords(schema) })
}

/** The alternatives of a schema, however deep. */
function formsOf(schema: z.ZodType): readonly z.ZodType[] {
  if (schema instanceof z.ZodOptional) return formsOf(schema.unwrap() as z.ZodType)
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((form) => formsOf(form as z.ZodType))
  return [schema]
}

function inWords(form: z.ZodType): string {
  if (form instanceof z.ZodEnum) return form.options.join(', ')
  if (form instanceof z.ZodLiteral) return [...form.values].join(', ')
  if (form instanceof z.ZodObject)
    return `{${Object.keys(form.shape)
      .map((key) => `"${key}":…`)
      .join(',')}}`
  return form instanceof z.ZodArray ? 'a list' : 'a text'
}

interface Unknown {
  readonly what: string
  readonly word: string
  readonly known: readonly string[]
}

function unknownWord(path: string, { what, word, known }: Unknown): ChangeMistake {
  const actual = word.slice(0, longestEcho)
  const message = `there is no ${what} [${actual}], ${hintFor(actual, known)}`
  return { path, message, expected: nearest(actual, known) ?? known, actual }
}

interface Plain {
  readonly value: unknown
  readonly expected: string
}

function plainMistake(path: string, schema: z.ZodType | undefined, { value, expected }: Plain): ChangeMistake {
  const actual =
    typeof value === 'object' ? inKind(value) : typeof value === 'string' ? value.slice(0, longestEcho) : value
  const issue = schema?.safeParse(value, { error: plainMessage }).error?.issues[0]
  if (issue === undefined) return { path, message: `expected ${expected}, found ${actual}`, expected, actual }
  return { path, message: issue.message, expected: expectation(issue) ?? expected, actual }
}

function inKind(value: unknown): string {
  if (value === null) return 'nothing'
  return Array.isArray(value) ? 'a list' : 'a mapping'
}

/** What can never be had together: one says that there is no such thing as the other changes. */
function checkTogether(change: Change): void {
  const refuse = (path: keyof Change, message: string, expected: unknown) => {
    throw new ChangeRefusal({ path, message, expected, actual: change[path] })
  }
  if (change.signature === 'none') {
    for (const key of ['algorithm', 'key'] as const) {
      if (change[key] !== undefined)
        refuse(key, 'nothing is signed where signature is none, expected it to be left out', undefined)
    }
  }
  if (change.xml === 'wrongOrder' && change.issuer === 'none') {
    refuse('xml', 'wrongOrder is about the Issuer, and issuer is none, expected another', undefined)
  }
  const { binding } = change
  if (binding === undefined || binding === 'redirect') return
  for (const key of ['parameters', 'escapes', 'space'] as const) {
    if (change[key] !== undefined)
      refuse('binding', `by ${binding} there is no query, and ${key} changes one, expected redirect`, 'redirect')
  }
  if (binding === 'soap' && change.relayState !== undefined) {
    refuse('binding', 'by soap no RelayState travels, expected redirect or post', ['redirect', 'post'])
  }
}
