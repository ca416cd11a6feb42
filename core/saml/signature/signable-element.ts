import { NAMESPACE } from '../names.ts'
import { readDifferently } from './canonical-form.ts'

/** The root or the child of it that has this `ID`: nothing else is ever signed. @throws SamlError SAML_XML when there is none */
export function getSignable({ documentElement: root }: Document, id: string): Element {
  return found([root, ...childElements(root)].find((element) => element.getAttribute('ID') === id))
}

/** The first direct child of this name in the namespace of signatures. @throws SamlError SAML_XML when there is none */
export function getSignatureChild(parent: Element, localName: string): Element {
  return found(findChild(parent, NAMESPACE.signature, localName))
}

export function findIssuer(parent: Element): Element | undefined {
  return findChild(parent, NAMESPACE.assertion, 'Issuer')
}

function findChild(parent: Element, namespace: string, localName: string): Element | undefined {
  return childElements(parent).find((child) => child.localName === localName && child.namespaceURI === namespace)
}

function childElements(parent: Element): Element[] {
  return Array.from(parent.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
}

// The schema has already found these elements where they belong.
function found(element: Element | undefined): Element {
  if (element === undefined) throw readDifferently()
  return element
}
