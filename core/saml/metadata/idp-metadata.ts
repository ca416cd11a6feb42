import { NAMESPACE } from '../names.ts'
import { writeXml, xml } from '../xml/build.ts'
import { childrenOf } from '../xml/element.ts'
import { booleanOf } from '../xml/typed-attributes.ts'
import { keyDescriptorElement } from './key-descriptor.ts'
import { readMetadataDocument } from './read-document.ts'
import { type Endpoint, endpointElement, findRole, type RoleMetadata, readEndpoint, readRole } from './role.ts'

/** What service providers know of an identity provider (saml-metadata-2.0 §2.4.3). */
export interface IdpMetadata extends RoleMetadata {
  readonly singleSignOnServices: readonly Endpoint[]
  readonly wantAuthnRequestsSigned: boolean
}

/**
 * Reads the IDPSSODescriptor of `entityId`, or the only one.
 * @throws SamlError SAML_METADATA, SAML_KEY, or what reading XML throws.
 */
export function parseIdpMetadata(document: string | Uint8Array, entityId?: string): IdpMetadata {
  const found = findRole(readMetadataDocument(document), 'IDPSSODescriptor', entityId)
  return {
    ...readRole(found),
    singleSignOnServices: childrenOf(found.role, 'md:SingleSignOnService').map(readEndpoint),
    wantAuthnRequestsSigned: booleanOf(found.role, 'WantAuthnRequestsSigned') ?? false,
  }
}

export function writeIdpMetadata(metadata: IdpMetadata): string {
  const { entityId, keyDescriptors, singleLogoutServices, nameIdFormats, singleSignOnServices } = metadata
  const role = xml(
    'md:IDPSSODescriptor',
    {
      WantAuthnRequestsSigned: metadata.wantAuthnRequestsSigned,
      protocolSupportEnumeration: NAMESPACE.protocol,
    },
    keyDescriptors.map(keyDescriptorElement),
    singleLogoutServices.map((endpoint) => endpointElement('md:SingleLogoutService', endpoint)),
    nameIdFormats.map((format) => xml('md:NameIDFormat', {}, format)),
    singleSignOnServices.map((endpoint) => endpointElement('md:SingleSignOnService', endpoint)),
  )
  return writeXml(xml('md:EntityDescriptor', { entityID: entityId }, role))
}
