import { describeChanges } from '../../idp/changes/index.ts'
import { addNamedValue, type NamedValues } from '../cli/named-values.ts'
import type { DescribedOperation } from '../control/describe-operations.ts'
import type { Field } from '../control/fields-of.ts'
import { nameInPath } from '../control/over-http.ts'
import { type JsonSchema, shapeOf } from '../control/shape-of.ts'
import type { Known } from './known-here.ts'

/** A field of a form for an operation. */
export interface FormField {
  /** Dotted, as in the command line. */
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly means: string | undefined
  /** What can be chosen; undefined where anything can be written. */
  readonly choices: readonly string[] | undefined
  /** Words that mean something where anything can be written. */
  readonly words: readonly string[]
  /** What there is here that it can name. */
  readonly known: readonly Known[]
  /** What stands in it at first. */
  readonly value: string
}

/** Before the name of what stands in the path of an operation. */
const inPath = 'path.'

/** The fields of an operation, from its schema: those in a list are said together, as JSON, and so is what has more shapes than one; each key of a change has a field. */
export function formFields(operation: DescribedOperation): readonly FormField[] {
  const key = nameInPath(operation)
  const ofPath: readonly FormField[] = key === undefined ? [] : [{ ...empty, name: inPath + key, required: true }]
  const fields = operation.fields.filter(({ name, type }) => !name.includes('[]') && !/^object\b/.test(type))
  const shown = fields.flatMap((field) => (isChange(field) ? changeFields(field) : [fieldFor(field, operation)]))
  return [...ofPath, ...shown.map((field) => ({ ...field, value: written(valueAt(operation.example, field.name)) }))]
}

const empty = { type: 'string', required: false, means: undefined, choices: undefined, words: [], known: [], value: '' }

/** What is needed in a mapping is needed only where the mapping is. */
function fieldFor({ name, type, required, means }: Field, { fields }: DescribedOperation): FormField {
  const above = fields.filter((field) => name.startsWith(`${field.name}.`))
  const isNeeded = required && above.every((field) => field.required)
  return { ...empty, name, type, required: isNeeded, means, choices: choicesIn(type) }
}

const isChange = ({ type }: Pick<Field, 'type'>): boolean => type === 'Change'

/** Of a key of a change that has words alone one is chosen; another one takes a word, or JSON. */
function changeFields({ name: above }: Field): readonly FormField[] {
  return describeChanges().map(({ name, values, says }) => {
    const shapes = (values.anyOf as readonly JsonSchema[] | undefined) ?? [values]
    const words = shapes.flatMap((shape) => (shape.enum as readonly string[] | undefined) ?? [])
    const others = shapes.filter((shape) => shape.enum === undefined)
    const choices = others.length === 0 ? words : undefined
    return {
      ...empty,
      name: `${above}.${name}`,
      type: others.map(shapeInBrief).join(' | '),
      means: says,
      choices,
      words,
    }
  })
}

/** What a field has room for: of a mapping its names, which a refusal says more of. */
function shapeInBrief(shape: JsonSchema): string {
  const { properties, required = [] } = shape
  if (properties === undefined) return shapeOf(shape)
  const names = Object.keys(properties).map((name) => (required.includes(name) ? name : `${name}?`))
  return `{ ${names.join(', ')} }`
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

/** Whether what is written in a field of this type is a text, whatever it looks like. */
export const isText = (type: string): boolean => type.split(' | ').every((part) => part === 'string' || part === 'null')

/** The name of the field that a refusal is about, if any: what is not there and says not where is what the path names. */
export function fieldAt(
  { path, type }: { readonly path: string | undefined; readonly type: string },
  operation: DescribedOperation,
): string | undefined {
  const key = nameInPath(operation)
  return path ?? (key !== undefined && type.startsWith('noSuch') ? inPath + key : undefined)
}
