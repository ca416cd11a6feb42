import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import { writeXml, type XmlNode, xml } from '../xml/build.ts'
import { childrenOf, type XmlElement } from '../xml/element.ts'
import { booleanOf, indexOf } from '../xml/typed-attributes.ts'
import { keyDescriptorElement } from './key-descriptor.ts'
import {
  type Endpoint,
  endpointElement,
  findRole,
  findRoles,
  type RoleElement,
  type RoleMetadata,
  readEndpoint,
  readRole,
} from './role.ts'

export interface AssertionConsumerService extends Endpoint {
  readonly index: number
  /** Undefined says less than false: it may still be chosen as the default (saml-metadata-2.0 §2.2.3). */
  readonly isDefault?: boolean | undefined
}

/** What an identity provider knows of a service provider (saml-metadata-2.0 §2.4.4). */
export interface SpMetadata extends RoleMetadata {
  readonly assertionConsumerServices: readonly AssertionConsumerService[]
  readonly authnRequestsSigned: boolean
  readonly wantAssertionsSigned: boolean
}

/**
 * Reads the SPSSODescriptor of `entityId`, or the only one.
 * @throws SamlError SAML_METADATA, SAML_KEY, or what reading XML throws.
 */
export function parseSpMetadata(document: string | Uint8Array, entityId?: string): SpMetadata {
  return readServiceProvider(findRole(document, 'SPSSODescriptor', entityId))
}

/**
 * Reads every SPSSODescriptor of a document, be it one entity or a group of them.
 * @throws SamlError SAML_METADATA, also when there is none, SAML_KEY, or what reading XML throws.
 */
export function parseAllSpMetadata(document: string | Uint8Array): readonly SpMetadata[] {
  const found = findRoles(document, 'SPSSODescriptor')
  if (found.length > 0) return found.map(readServiceProvider)
  throw new SamlError('SAML_METADATA', 'the metadata has no SPSSODescriptor, expected at least one')
}

function readServiceProvider(found: RoleElement): SpMetadata {
  return {
    ...readRole(found),
    assertionConsumerServices: childrenOf(found.role, 'md:AssertionConsumerService').map(readConsumerService),
    authnRequestsSigned: booleanOf(found.role, 'AuthnRequestsSigned') ?? false,
    wantAssertionsSigned: booleanOf(found.role, 'WantAssertionsSigned') ?? false,
  }
}

/** The service to use when a request names none: the default one, else the first that is not marked as no default, else the first (saml-metadata-2.0 §2.2.3). */
export function defaultConsumerService({
  assertionConsumerServices: services,
}: SpMetadata): AssertionConsumerService | undefined {
  const marked = services.find(({ isDefault }) => isDefault === true)
  return marked ?? services.find(({ isDefault }) => isDefault === undefined) ?? services[0]
}

/** Writes the document as Elasticsearch does (spec §8). */
export function writeSpMetadata(metadata: SpMetadata): string {
  const { entityId, keyDescriptors, singleLogoutServices, nameIdFormats, assertionConsumerServices } = metadata
  const role = xml(
    'md:SPSSODescriptor',
    {
      AuthnRequestsSigned: metadata.authnRequestsSigned,
      WantAssertionsSigned: metadata.wantAssertionsSigned,
      protocolSupportEnumeration: NAMESPACE.protocol,
    },
    keyDescriptors.map(keyDescriptorElement),
    singleLogoutServices.map((endpoint) => endpointElement('md:SingleLogoutService', endpoint)),
    nameIdFormats.map((format) => xml('md:NameIDFormat', {}, format)),
    assertionConsumerServices.map(consumerServiceElement),
  )
  return writeXml(xml('md:EntityDescriptor', { entityID: entityId }, role))
}

function readConsumerService(element: XmlElement): AssertionConsumerService {
  return {
    ...readEndpoint(element),
    index: indexOf(element, 'index') ?? 0,
    isDefault: booleanOf(element, 'isDefault'),
  }
}

function consumerServiceElement({ binding, location, index, isDefault }: AssertionConsumerService): XmlNode {
  return xml('md:AssertionConsumerService', { Binding: binding, Location: location, index, isDefault })
}
