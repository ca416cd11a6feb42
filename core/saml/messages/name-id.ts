import { type XmlNode, xml } from '../xml/build.ts'
import { attributeOf, type XmlElement } from '../xml/element.ts'

/** A name identifier with all that decides whether it is the same as another (saml-core-2.0 §2.2.2, §3.3.4). */
export interface NameId {
  readonly value: string
  readonly format?: string | undefined
  readonly nameQualifier?: string | undefined
  readonly spNameQualifier?: string | undefined
  readonly spProvidedId?: string | undefined
}

export function readNameId(element: XmlElement): NameId {
  return {
    value: element.text,
    format: attributeOf(element, 'Format'),
    nameQualifier: attributeOf(element, 'NameQualifier'),
    spNameQualifier: attributeOf(element, 'SPNameQualifier'),
    spProvidedId: attributeOf(element, 'SPProvidedID'),
  }
}

/** Another element in the place of a NameID stands as it is. */
export function nameIdElement(nameId: NameId | XmlNode): XmlNode {
  if ('children' in nameId) return nameId
  const attributes = {
    Format: nameId.format,
    NameQualifier: nameId.nameQualifier,
    SPNameQualifier: nameId.spNameQualifier,
    SPProvidedID: nameId.spProvidedId,
  }
  return xml('saml2:NameID', attributes, nameId.value)
}
