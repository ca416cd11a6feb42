import { SamlError } from '#saml/errors'
import type { SpMetadata } from '#saml/metadata/sp-metadata'
import { NAME_ID_FORMAT } from '#saml/names'
import { attributeOf, childOf, type XmlElement } from '#saml/xml/element'
import type { SpDirectory } from './sp-directory.ts'
import { checkStillValid } from './valid-metadata.ts'

/** Of a thousand that are known nobody wants to read. */
const mostNamed = 8

const qualifiers = ['NameQualifier', 'SPNameQualifier', 'SPProvidedID'] as const

/**
 * The service provider that a message claims to come from. Whether it does, its signature must show.
 * @throws SamlError SAML_METADATA when its metadata is past its validUntil at `now` (epoch milliseconds); SAML_ISSUER_MISSING; SAML_ISSUER when it is unknown or is not written as an entity identifier (saml-core-2.0 §8.3.6).
 */
export function getIssuer(root: XmlElement, serviceProviders: SpDirectory, now: number): SpMetadata {
  const issuer = childOf(root, 'saml:Issuer')
  if (issuer === undefined) throw new SamlError('SAML_ISSUER_MISSING', `the ${root.local} names no Issuer`)
  checkIsEntity(issuer)
  const sp = serviceProviders.find(issuer.text)
  if (sp !== undefined) {
    checkStillValid(sp, now)
    return sp
  }
  const known = serviceProviders
    .list()
    .slice(0, mostNamed)
    .map(({ metadata }) => metadata.entityId)
  throw new SamlError(
    'SAML_ISSUER',
    `the ${root.local} comes from ${issuer.text.slice(0, 256)}, which is no known service provider`,
    { expected: known, actual: issuer.text },
  )
}

function checkIsEntity(issuer: XmlElement): void {
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
