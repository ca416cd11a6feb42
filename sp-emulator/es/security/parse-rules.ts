import { isObject, tokenOf } from './json-fields.ts'
import { checkPattern } from './pattern.ts'
import type { FieldValue, Rule } from './rules.ts'
import { parseError } from './security-errors.ts'

const failed = (what: string) => parseError(`failed to parse rules expression. ${what}`)

interface Place {
  /** What the object is called in a refusal. */
  readonly name: string
  readonly allowsExcept: boolean
}

/** Reads the `rules` of a role mapping, with a node's refusals (es:ExpressionParser). @throws ElasticsearchError 400 parse_exception */
export function parseRules(json: unknown): Rule {
  return parseRule(json, { name: 'rules', allowsExcept: false })
}

function parseRule(json: unknown, { name, allowsExcept }: Place): Rule {
  if (!isObject(json)) throw failed(`expected [${name}] to be an object but found [${tokenOf(json)}] instead`)
  const [kind, content] = onlyField(json, name)
  switch (kind) {
    case 'any':
      return { kind, rules: parseList(content, { name: kind, allowsExcept: false }) }
    case 'all':
      return { kind, rules: parseList(content, { name: kind, allowsExcept: true }) }
    case 'field':
      return parseField(content)
    case 'except':
      if (!allowsExcept) throw failed(`field [except] is not allowed within [${name}]`)
      return { kind, rule: parseRule(asObject(content), { name: kind, allowsExcept: false }) }
    default:
      throw failed(`field [${kind}] is not recognised in object [${name}]`)
  }
}

function parseList(content: unknown, place: Place): readonly Rule[] {
  if (!Array.isArray(content)) throw failed(`field [${place.name}] requires an array`)
  return content.map((item) => parseRule(item, place))
}

function parseField(content: unknown): Rule {
  const [field, given] = onlyField(asObject(content), 'field')
  const values = (Array.isArray(given) ? given : [given]).map(parseValue)
  if (values.length === 0) throw failed('field [field] requires at least one value')
  for (const value of values) if (typeof value === 'string') checkPattern(value)
  return { kind: 'field', field, values }
}

function parseValue(value: unknown): FieldValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Math.trunc(value)
  throw failed(`expected a field value but found [${tokenOf(value)}] instead`)
}

function asObject(content: unknown): Readonly<Record<string, unknown>> {
  if (isObject(content)) return content
  throw failed(`expected an object but found [${tokenOf(content)}] instead`)
}

function onlyField(json: Readonly<Record<string, unknown>>, name: string): readonly [string, unknown] {
  const [field, ...others] = Object.entries(json)
  if (field === undefined) throw failed(`object [${name}] does not contain any fields`)
  if (others.length > 0) throw failed(`object [${name}] contains multiple fields`)
  return field
}
