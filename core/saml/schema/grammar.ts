import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { attributeOf, type XmlAttribute, type XmlElement } from '../xml/element.ts'
import { isOfType, type SimpleType } from './simple-types.ts'

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
}

interface AttributeRule {
  readonly type: SimpleType
  readonly required: boolean
}

interface CompiledDeclaration {
  readonly attributes: ReadonlyMap<string, AttributeRule>
  readonly required: readonly string[]
  readonly otherAttributes: 'none' | '##other' | '##any'
  readonly text: SimpleType | undefined
  readonly model: { readonly pattern: RegExp; readonly words: string }
  /** What may stand beside the elements. */
  readonly characters: keyof typeof characterData
}

export type Grammar = ReadonlyMap<string, CompiledDeclaration>

/** Compiles declarations once; each content model becomes one regular expression over a word for each child. */
export function compileGrammar(...schemas: readonly Readonly<Record<string, Declaration>>[]): Grammar {
  const entries = schemas.flatMap((schema) => Object.entries(schema))
  return new Map(entries.map(([key, declaration]) => [key, compile(key, declaration)]))
}

/**
 * Guarantees that an element and everything in it has the structure that its schema declares. Elements that no declaration
 * names are allowed only where the schema admits foreign content; what is declared is checked inside them too (lax processing).
 * @throws SamlError SAML_SCHEMA, naming the element, what it holds and what the schema wants.
 */
export function checkStructure(element: XmlElement, grammar: Grammar): void {
  const declaration = grammar.get(element.key)
  if (declaration !== undefined) {
    checkAttributes(element, declaration)
    checkContent(element, declaration)
  }
  for (const child of element.children) checkStructure(child, grammar)
}

function compile(key: string, { attributes = '', content = '', mixed }: Declaration): CompiledDeclaration {
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

function checkAttributes(element: XmlElement, declaration: CompiledDeclaration): void {
  for (const attribute of element.attributes) {
    const rule = attribute.namespace === '' ? declaration.attributes.get(attribute.local) : undefined
    if (rule === undefined) checkOtherAttribute(element, attribute, declaration)
    else if (!isOfType(attribute.value, rule.type)) {
      refuseValue(element, `attribute ${attribute.local}`, attribute.value, rule.type)
    }
  }
  for (const name of declaration.required) {
    if (attributeOf(element, name) === undefined) {
      throw new SamlError('SAML_SCHEMA', `${element.key} must have the attribute ${name}`)
    }
  }
}

function checkOtherAttribute(
  element: XmlElement,
  { namespace, local }: XmlAttribute,
  declaration: CompiledDeclaration,
) {
  const isOther = namespace !== '' && namespace !== element.namespace
  const isAdmitted = declaration.otherAttributes === '##any' || (declaration.otherAttributes === '##other' && isOther)
  if (!isAdmitted || isLocationHint(namespace, local)) {
    throw new SamlError('SAML_SCHEMA', `${element.key} may not have the attribute ${local.slice(0, 64)}`)
  }
}

// A hint where to find a schema is an address that somebody else chose; nothing here ever follows one.
const isLocationHint = (namespace: string, local: string) =>
  namespace === NAMESPACE.schemaInstance && local !== 'type' && local !== 'nil'

const characterData = { none: /^$/, 'white space': /^[\t\n\r ]*$/, any: /^/ } as const

function checkContent(element: XmlElement, { text, model, characters }: CompiledDeclaration): void {
  if (!model.pattern.test(element.children.map(wordFor).join(''))) {
    // No key is shorter than four characters.
    const held = element.children.slice(0, 64).map(({ key }) => key)
    const actual = held.join(' ').slice(0, 256)
    throw new SamlError('SAML_SCHEMA', `${element.key} holds [${actual}], expected ${model.words}`, {
      expected: model.words,
      actual,
    })
  }
  if (text !== undefined) {
    if (!isOfType(element.text, text)) refuseValue(element, 'text', element.text, text)
    return
  }
  if (!characterData[characters].test(element.text)) {
    throw new SamlError('SAML_SCHEMA', `${element.key} may not hold character data`)
  }
}

// What a content model tells apart. A foreign name is not in it: it may be long, and is repeated by every child that has it.
function wordFor({ key, namespace }: XmlElement): string {
  if (namespace === '') return '{} '
  return key.startsWith('{') ? '{*} ' : `${key} `
}

function refuseValue(element: XmlElement, where: string, value: string, type: SimpleType): never {
  throw new SamlError('SAML_SCHEMA', `${element.key} ${where} is [${value.slice(0, 64)}], expected ${type}`, {
    expected: type,
    actual: value.slice(0, 64),
  })
}
