import { SamlError } from '#saml/errors'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { NAME_ID_FORMAT } from '#saml/names'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import type { SpDirectory } from './sp-directory.ts'

/** Of a thousand that are known nobody wants to read. */
const mostNamed = 8

const qualifiers = ['NameQualifier', 'SPNameQualifier', 'SPProvidedID'] as const

/** Whom a message names as its sender. @throws SamlError SAML_ISSUER_MISSING when it names nobody. */
export function issuerOf(root: XmlElement): XmlElement {
  const issuer = childOf(root, 'saml:Issuer')
  if (issuer === undefined) throw new SamlError('SAML_ISSUER_MISSING', `the ${root.local} names no Issuer`)
  return issuer
}

interface Named {
  /** The kind of message that names it. */
  readonly of: string
  readonly serviceProviders: SpDirectory
}

/**
 * The service provider that a message claims to come from. Whether it does, its signature must show.
 * @throws SamlError SAML_ISSUER when it is unknown.
 */
export function findIssuer({ text: entityId }: XmlElement, { of: kind, serviceProviders }: Named): SpMetadata {
  const sp = serviceProviders.find(entityId)
  if (sp !== undefined) return sp
  const known = serviceProviders
    .list()
    .slice(0, mostNamed)
    .map(({ metadata }) => metadata.entityId)
  const says = `the ${kind} comes from ${entityId.slice(0, 256)}, which is no known service provider`
  throw new SamlError('SAML_ISSUER', says, { expected: known, actual: entityId })
}

/** @throws SamlError SAML_ISSUER when it is not written as an entity identifier (saml-core-2.0 §8.3.6). */
export function checkIsEntity(issuer: XmlElement): void {
  const format = attributeOf(issuer, 'Format') ?? NAME_ID_FORMAT.entity
  if (format !== NAME_ID_FORMAT.entity) {
    throw new SamlError('SAML_ISSUER', `the Issuer has the Format ${format.slice(0, 256)}`, {
      expected: NAME_ID_FORMAT.entity,
      actual: format,
    })
  }
  const qualifier = qualifiers.find((name) => attributeOf(issuer, name) !== undefined)
  if (qualifier !== undefined) {
    throw new SamlError('SAML_ISSUER', `the Issuer has a ${qualifier}, which an entity identifier never has`)
  }
}
