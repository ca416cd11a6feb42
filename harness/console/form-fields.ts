import { addNamedValue, type NamedValues } from '../cli/named-values.ts'
import type { DescribedOperation } from '../control/describe-operations.ts'
import { nameInPath } from '../control/over-http.ts'

/** A field of a form for an operation. */
export interface FormField {
  /** Dotted, as in the command line. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly means: string | undefined
  /** What can be chosen; undefined where anything can be written. */
  readonly choices: readonly string[] | undefined
  /** What stands in it at first. */
  readonly value: string
}

/** Before the name of what stands in the path of an operation. */
const inPath = 'path.'

/** The fields of an operation, from its schema: those in a list are said together, as JSON, and so is what has more shapes than one. */
export function formFields(operation: DescribedOperation): readonly FormField[] {
  const key = nameInPath(operation)
  const ofPath: readonly FormField[] =
    key === undefined
      ? []
      : [{ name: inPath + key, type: 'string', required: true, means: undefined, choices: undefined, value: '' }]
  const fields = operation.fields.filter(({ name, type }) => !name.includes('[]') && !/^object\b/.test(type))
  const shown = fields.map(({ name, type, required, means }): FormField => {
    return { name, type, required, means, choices: choicesIn(type), value: written(valueAt(operation.example, name)) }
  })
  return [...ofPath, ...shown]
}

function choicesIn(type: string): readonly string[] | undefined {
  const parts = type.split(' | ').filter((part) => part !== 'null')
  if (parts.length === 1 && parts[0] === 'boolean') return ['true', 'false']
  const isChoice = parts.every((part) => /^"[^"]*"$/.test(part))
  return isChoice ? parts.map((part) => part.slice(1, -1)) : undefined
}

const valueAt = (example: unknown, name: string): unknown =>
  name.split('.').reduce<unknown>((at, part) => (at as NamedValues | undefined)?.[part], example)

function written(value: unknown): string {
  if (value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What a form says to an operation. What is left empty is not said. @throws ConfigError */
export function readForm(
  form: URLSearchParams,
  operation: DescribedOperation,
): { readonly key: string; readonly given: NamedValues } {
  const key = nameInPath(operation)
  const texts = new Set(operation.fields.filter(({ type }) => isText(type)).map(({ name }) => name))
  const said = [...form].filter(([name, value]) => value !== '' && !name.startsWith(inPath))
  const given = said.reduce<NamedValues>((before, [name, value]) => {
    return addNamedValue(before, `${name}=${texts.has(name) ? JSON.stringify(value) : value}`)
  }, {})
  return { key: key === undefined ? '' : (form.get(inPath + key) ?? ''), given }
}

const isText = (type: string): boolean => type.split(' | ').every((part) => part === 'string' || part === 'null')

/** The name of the field that a refusal is about, if any: what is not there and says not where is what the path names. */
export function fieldAt(
  { path, type }: { readonly path: string | undefined; readonly type: string },
  operation: DescribedOperation,
): string | undefined {
  const key = nameInPath(operation)
  return path ?? (key !== undefined && type.startsWith('noSuch') ? inPath + key : undefined)
}
