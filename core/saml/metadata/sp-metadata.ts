import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import type { TrustedKey } from '../signature/trusted-key.ts'
import { writeXml, type XmlNode, xml } from '../xml/build.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/element.ts'
import { booleanOf, indexOf } from '../xml/typed-attributes.ts'
import { keyDescriptorElement } from './key-descriptor.ts'
import { readMetadataDocument } from './read-document.ts'
import {
  chooseRole,
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

const ROLE = 'SPSSODescriptor'

/**
 * Reads the SPSSODescriptor of `entityId`, or the only one.
 * @throws SamlError SAML_METADATA, SAML_KEY, or what reading XML throws.
 */
export function parseSpMetadata(document: string | Uint8Array, entityId?: string): SpMetadata {
  return readServiceProvider(findRole(readMetadataDocument(document), ROLE, entityId))
}

export interface SpSelection {
  /** Only these, each of which must be there; every one unless said. */
  readonly entityIds?: readonly string[] | undefined
  /** Whose signature the root must bear; nobody's unless said. */
  readonly signedBy?: TrustedKey | undefined
}

/**
 * Reads SPSSODescriptors of a document, be it one entity or a group of them: all of it or nothing.
 * @throws SamlError SAML_METADATA, also when there is none, SAML_KEY, or what `readMetadataDocument` throws. Of several the message begins with the entity.
 */
export function parseAllSpMetadata(
  document: string | Uint8Array,
  { entityIds, signedBy }: SpSelection = {},
): readonly SpMetadata[] {
  const found = findRoles(readMetadataDocument(document, signedBy), ROLE)
  if (entityIds !== undefined) return entityIds.map((id) => readServiceProvider(chooseRole(found, ROLE, id)))
  if (found.length === 0) {
    throw new SamlError('SAML_METADATA', 'the metadata has no SPSSODescriptor, expected at least one')
  }
  refuseTwins(found)
  return found.map(found.length === 1 ? readServiceProvider : readNamed)
}

function refuseTwins(found: readonly RoleElement[]): void {
  const seen = new Set<string>()
  for (const { entityId } of found) {
    if (seen.has(entityId))
      throw new SamlError('SAML_METADATA', `the metadata describes [${entityId.slice(0, 256)}] twice`)
    seen.add(entityId)
  }
}

/** Of many service providers, a mistake is somebody's. */
function readNamed(found: RoleElement): SpMetadata {
  try {
    return readServiceProvider(found)
  } catch (cause) {
    if (!(cause instanceof SamlError)) throw cause
    const { code, message, facts } = cause
    throw new SamlError(code, `[${found.entityId.slice(0, 256)}]: ${message}`, facts, { cause })
  }
}

function readServiceProvider(found: RoleElement): SpMetadata {
  const { length } = found.entityId
  if (length === 0 || length > 1024) {
    throw new SamlError('SAML_METADATA', `an entityID has ${length} characters, expected between 1 and 1024`)
  }
  const assertionConsumerServices = childrenOf(found.role, 'md:AssertionConsumerService').map(readConsumerService)
  if (assertionConsumerServices.length === 0) {
    throw new SamlError('SAML_METADATA', 'the SPSSODescriptor has no AssertionConsumerService, expected at least one')
  }
  return {
    ...readRole(found),
    assertionConsumerServices,
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
  const index = indexOf(element, 'index') ?? 0
  if (!Number.isInteger(index) || index < 0 || index > 65_535) {
    const written = attributeOf(element, 'index')?.slice(0, 64)
    throw new SamlError(
      'SAML_METADATA',
      `the index [${written}] of an AssertionConsumerService is no number up to 65535`,
    )
  }
  return { ...readEndpoint(element), index, isDefault: booleanOf(element, 'isDefault') }
}

function consumerServiceElement({ binding, location, index, isDefault }: AssertionConsumerService): XmlNode {
  return xml('md:AssertionConsumerService', { Binding: binding, Location: location, index, isDefault })
}
