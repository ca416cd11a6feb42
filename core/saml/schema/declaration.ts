import { builtInTypes } from './built-in-types.ts'
import type { SimpleType } from './simple-types.ts'

/**
 * One element declaration in the words of its schema.
 *
 * `attributes` lists `name:type`, with `!` behind a required name; `##other` admits attributes of other namespaces than the element's, `##any` all.
 * `content` is a content model as in a DTD over element keys (`,` sequence, `|` choice, `?`, `*`, `+`, parentheses), where `##any` stands for any
 * element and `##other` for any of another namespace than the declared element's; or `text:<type>` for character data; or absent for nothing at all.
 * `mixed` admits character data beside the elements.
 */
export interface Declaration {
  readonly attributes?: string
  readonly content?: string
  readonly mixed?: true
  /** The key of its type, where a document may name one (`xsi:type`). Content of `xs:anyType` may be of any type that is known. */
  readonly type?: string
  /** Whether `xsi:nil` may stand on it. */
  readonly nillable?: true
}

interface AttributeRule {
  readonly type: SimpleType
  readonly required: boolean
}

/** A declaration that is ready to be held against elements. */
export interface CompiledDeclaration {
  readonly attributes: ReadonlyMap<string, AttributeRule>
  readonly required: readonly string[]
  readonly otherAttributes: 'none' | '##other' | '##any'
  readonly text: SimpleType | undefined
  readonly model: { readonly pattern: RegExp; readonly words: string }
  /** What may stand beside the elements. */
  readonly characters: 'none' | 'white space' | 'any'
  readonly type: string | undefined
  readonly nillable: boolean
}

export interface Grammar {
  /** By the key of the element. */
  readonly elements: ReadonlyMap<string, CompiledDeclaration>
  /** By the key of the type: those that are built in, and those that declarations name. */
  readonly types: ReadonlyMap<string, CompiledDeclaration>
}

/** Compiles declarations once; each content model becomes one regular expression over a word for each child. */
export function compileGrammar(...schemas: readonly Readonly<Record<string, Declaration>>[]): Grammar {
  const entries = schemas.flatMap((schema) => Object.entries(schema))
  const elements = new Map(entries.map(([key, declaration]) => [key, compile(key, declaration)]))
  const named = [...elements.values()].flatMap((each) => (each.type === undefined ? [] : [[each.type, each] as const]))
  return { elements, types: new Map([...named, ...builtIn]) }
}

function compile(key: string, declaration: Declaration): CompiledDeclaration {
  const { attributes = '', content = '', mixed, type, nillable = false } = declaration
  const words = attributes.split(' ')
  const rules = words.filter((word) => word.includes(':')).map(compileAttribute)
  const isText = content.startsWith('text:')
  return {
    attributes: new Map(rules),
    required: rules.filter(([, rule]) => rule.required).map(([name]) => name),
    otherAttributes: (['##any', '##other'] as const).find((wildcard) => words.includes(wildcard)) ?? 'none',
    text: isText ? (content.slice('text:'.length) as SimpleType) : undefined,
    model: { pattern: compileModel(isText ? '' : content, key), words: isText || content === '' ? 'nothing' : content },
    characters: mixed === true ? 'any' : content === '' ? 'none' : 'white space',
    type,
    nillable,
  }
}

function compileAttribute(word: string): [string, AttributeRule] {
  const [name = '', type = 'string'] = word.split(':')
  return [name.replace('!', ''), { type: type as SimpleType, required: name.endsWith('!') }]
}

function compileModel(content: string, key: string): RegExp {
  const own = key.slice(0, key.indexOf(':') + 1)
  const source = content
    .replace(/##any|##other|[\w-]+:[\w-]+/g, (word) => {
      if (word === '##any') return '(?:\\S+ )'
      // An element in no namespace is not one of another namespace (XML Schema part 1 §3.10.1).
      if (word === '##other') return `(?:(?!${own}|\\{\\})\\S+ )`
      return `(?:${word} )`
    })
    .replace(/, */g, '')
    .replace(/\((?!\?)/g, '(?:')
    .replace(/ *\| */g, '|')
  return new RegExp(`^(?:${source})$`)
}

const builtIn = Object.entries(builtInTypes).map(
  ([type, simple]) => [type, compile(type, { content: `text:${simple}`, type })] as const,
)
