import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { attributeOf, type XmlAttribute, type XmlElement } from '../xml/element.ts'
import type { CompiledDeclaration, Grammar } from './declaration.ts'
import { isInstanceAttribute, isNil, typedDeclaration } from './instance-attributes.ts'
import { isOfType, type SimpleType } from './simple-types.ts'

/** Whether types that a document names are asked for. In a canonical form the prefix of one may be bound to nothing. */
export type NamedTypes = 'asked' | 'passed over'

/**
 * Guarantees that an element and everything in it has the structure that its schema declares. Elements that no declaration
 * names are allowed only where the schema admits foreign content; what is declared is checked inside them too (lax processing).
 * A type that the document itself names (`xsi:type`) is asked for unless told otherwise, in foreign content too.
 * @throws SamlError SAML_SCHEMA, naming the element, what it holds and what the schema wants.
 */
export function checkStructure(element: XmlElement, grammar: Grammar, namedTypes: NamedTypes = 'asked'): void {
  const declared = grammar.elements.get(element.key)
  const declaration = namedTypes === 'asked' ? typedDeclaration(element, declared, grammar) : declared
  if (declaration !== undefined) {
    checkAttributes(element, declaration)
    if (!isNil(element)) checkContent(element, declaration)
  }
  for (const child of element.children) checkStructure(child, grammar, namedTypes)
}

function checkAttributes(element: XmlElement, declaration: CompiledDeclaration): void {
  for (const attribute of element.attributes) {
    if (isInstanceAttribute(attribute)) continue
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
  // A hint where to find a schema is an address that somebody else chose; nothing here ever follows one.
  if (!isAdmitted || namespace === NAMESPACE.schemaInstance) {
    throw new SamlError('SAML_SCHEMA', `${element.key} may not have the attribute ${local.slice(0, 64)}`)
  }
}

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
