import { NAMESPACE } from '../names.ts'
import { canonicalForm, parseDom, writeDom } from '../signature/canonical-form.ts'
import { writeFragment } from '../xml/build.ts'
import { type EncryptionChoice, encryptElement } from './encrypt-element.ts'

const encryptedNames = { Assertion: 'EncryptedAssertion', NameID: 'EncryptedID' } as const

/**
 * Encrypts every element of this name where it stands. A signature in it stays good, and one around it must be made afterwards: what is encrypted is its
 * exclusive canonical form, which declares every prefix that it uses and is read the same anywhere (xml-exc-c14n).
 */
export function encryptInDocument(
  document: string,
  name: keyof typeof encryptedNames,
  choice: EncryptionChoice,
): string {
  const dom = parseDom(document)
  for (const element of Array.from(dom.getElementsByTagNameNS(NAMESPACE.assertion, name))) {
    const encrypted = encryptElement(canonicalForm(element, []), encryptedNames[name], choice)
    element.parentNode?.replaceChild(parseDom(writeFragment(encrypted)).documentElement, element)
  }
  return writeDom(dom)
}
