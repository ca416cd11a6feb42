import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import type { XmlAttribute, XmlElement } from '../xml/element.ts'
import type { CompiledDeclaration, Grammar } from './declaration.ts'
import { isOfType } from './simple-types.ts'

const instanceAttributeOf = (element: XmlElement, local: string) =>
  element.attributes.find((attribute) => attribute.namespace === NAMESPACE.schemaInstance && attribute.local === local)

/** Whether this is `xsi:type` or `xsi:nil`, which may stand on any element as far as its declaration goes (XML Schema part 1 §2.6). */
export function isInstanceAttribute({ namespace, local }: XmlAttribute): boolean {
  return namespace === NAMESPACE.schemaInstance && (local === 'type' || local === 'nil')
}

/** Whether an element says that it has no content although its declaration wants some. */
export function isNil(element: XmlElement): boolean {
  const value = instanceAttributeOf(element, 'nil')?.value.trim()
  return value === 'true' || value === '1'
}

/**
 * The declaration that an element must fit: that of the type which it names by `xsi:type`, else its own, else none.
 * @throws SamlError SAML_SCHEMA when the type is none that is known or may stand there, or `xsi:nil` may not (XML Schema part 1 §3.3.4).
 */
export function typedDeclaration(
  element: XmlElement,
  declared: CompiledDeclaration | undefined,
  { types }: Grammar,
): CompiledDeclaration | undefined {
  if (!element.attributes.some(isInstanceAttribute)) return declared
  checkNil(element, declared)
  const attribute = instanceAttributeOf(element, 'type')
  if (attribute === undefined) return declared
  const name = attribute.value.slice(0, 64)
  if (attribute.names === undefined) throw refusal(element, `has the type [${name}], whose prefix is bound to nothing`)
  const mayBeAny = declared === undefined || declared.type === 'xs:anyType'
  if (!mayBeAny && attribute.names !== declared.type) throw refusal(element, `may not have the type [${name}]`)
  const type = types.get(attribute.names)
  if (type === undefined) throw refusal(element, `has the type [${name}], which no schema has`)
  return type
}

function checkNil(element: XmlElement, declared: CompiledDeclaration | undefined): void {
  const value = instanceAttributeOf(element, 'nil')?.value
  if (value === undefined) return
  if (!isOfType(value, 'boolean')) throw refusal(element, `attribute nil is [${value.slice(0, 64)}], expected boolean`)
  if (declared === undefined) return
  if (!declared.nillable) throw refusal(element, 'may not have the attribute nil')
  if (isNil(element) && (element.text !== '' || element.children.length > 0))
    throw refusal(element, 'is nil and has content')
}

function refusal({ key }: XmlElement, what: string): SamlError {
  return new SamlError('SAML_SCHEMA', `${key.slice(0, 256)} ${what}`)
}
