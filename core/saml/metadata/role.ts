import { SamlError } from '../errors.ts'
import { NAMESPACE } from '../names.ts'
import type { TrustedKey } from '../signature/trusted-key.ts'
import { type XmlNode, xml } from '../xml/build.ts'
import { attributeOf, childrenOf, type XmlElement } from '../xml/element.ts'
import { durationOf, instantOf } from '../xml/typed-attributes.ts'
import { type KeyDescriptor, readKeyDescriptors } from './key-descriptor.ts'

/** Where a service is offered (saml-metadata-2.0 §2.2.2). */
export interface Endpoint {
  readonly binding: string
  readonly location: string
  /** Where answers go, when not to `location`. */
  readonly responseLocation?: string | undefined
}

/** What the two kinds of metadata have in common. */
export interface RoleMetadata {
  readonly entityId: string
  readonly keyDescriptors: readonly KeyDescriptor[]
  readonly singleLogoutServices: readonly Endpoint[]
  readonly nameIdFormats: readonly string[]
  /** The earliest end among the role, its entity and the documents around it (saml-metadata-2.0 §2.3.1). */
  readonly validUntil?: number | undefined
  /** The shortest time, in milliseconds, after which one of these asks to be fetched again (`cacheDuration`, saml-metadata-2.0 §2.3.1). */
  readonly cacheMs?: number | undefined
}

/** The keys whose signatures this role may make. */
export function signingKeysOf({ keyDescriptors }: RoleMetadata): readonly TrustedKey[] {
  return keyDescriptors.filter(({ use }) => use !== 'encryption').map(({ key }) => key)
}

/** The first endpoint with this binding. */
export function findEndpoint<E extends Endpoint>(endpoints: readonly E[], binding: string): E | undefined {
  return endpoints.find((endpoint) => endpoint.binding === binding)
}

interface Terms {
  readonly validUntil: number | undefined
  readonly cacheMs: number | undefined
}

export interface RoleElement extends Terms {
  readonly entityId: string
  readonly role: XmlElement
}

/**
 * Finds the one entity with this role in a metadata document, an EntityDescriptor or a tree of EntitiesDescriptors.
 * @throws SamlError SAML_METADATA when there is none, or several and `entityId` does not choose, or another root.
 */
export function findRole(root: XmlElement, roleName: string, entityId?: string): RoleElement {
  return chooseRole(findRoles(root, roleName), roleName, entityId)
}

/** @throws SamlError SAML_METADATA unless exactly one of them is of `entityId`, or there is only one. */
export function chooseRole(candidates: readonly RoleElement[], roleName: string, entityId?: string): RoleElement {
  const chosen = entityId === undefined ? candidates : candidates.filter((candidate) => candidate.entityId === entityId)
  const [first] = chosen
  if (first !== undefined && chosen.length === 1) return first
  const known = candidates.slice(0, 8).map((candidate) => candidate.entityId)
  const wanted = entityId === undefined ? `exactly one ${roleName}` : `the ${roleName} of [${entityId}]`
  throw new SamlError('SAML_METADATA', `the metadata has ${roleName} for [${known.join(', ')}], expected ${wanted}`, {
    expected: entityId,
    actual: known,
  })
}

/**
 * Finds every entity with this role in a metadata document, in document order.
 * @throws SamlError SAML_METADATA when the document has another root.
 */
export function findRoles(root: XmlElement, roleName: string): readonly RoleElement[] {
  if (root.namespace !== NAMESPACE.metadata) {
    throw new SamlError('SAML_METADATA', `the document is a ${root.key.slice(0, 128)}, expected SAML metadata`)
  }
  return entitiesOf(root, { validUntil: undefined, cacheMs: undefined }).flatMap(({ entity, terms }) => {
    const role = childrenOf(entity, `md:${roleName}`).find(speaksSaml2)
    if (role === undefined) return []
    return [{ entityId: attributeOf(entity, 'entityID') ?? '', role, ...shorter(terms, role) }]
  })
}

interface Entity {
  readonly entity: XmlElement
  readonly terms: Terms
}

function entitiesOf(element: XmlElement, around: Terms): readonly Entity[] {
  if (element.key !== 'md:EntityDescriptor' && element.key !== 'md:EntitiesDescriptor') return []
  const terms = shorter(around, element)
  if (element.key === 'md:EntityDescriptor') return [{ entity: element, terms }]
  return element.children.flatMap((child) => entitiesOf(child, terms))
}

function shorter(around: Terms, element: XmlElement): Terms {
  return {
    validUntil: least(around.validUntil, instantOf(element, 'validUntil')),
    cacheMs: least(around.cacheMs, durationOf(element, 'cacheDuration')),
  }
}

function least(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other)
}

const speaksSaml2 = (role: XmlElement) =>
  (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(NAMESPACE.protocol)

/** Reads what the two roles have in common. */
export function readRole({ entityId, role, validUntil, cacheMs }: RoleElement): RoleMetadata {
  return {
    entityId,
    keyDescriptors: readKeyDescriptors(role),
    singleLogoutServices: childrenOf(role, 'md:SingleLogoutService').map(readEndpoint),
    nameIdFormats: childrenOf(role, 'md:NameIDFormat').map(({ text }) => text.trim()),
    validUntil,
    cacheMs,
  }
}

/** @throws SamlError SAML_METADATA when an address is not one that a browser may be sent to. */
export function readEndpoint(element: XmlElement): Endpoint {
  const responseLocation = attributeOf(element, 'ResponseLocation')
  return {
    binding: attributeOf(element, 'Binding') ?? '',
    location: checkAddress(attributeOf(element, 'Location') ?? ''),
    responseLocation: responseLocation === undefined ? undefined : checkAddress(responseLocation),
  }
}

// `javascript:`, `data:`, user names before an @ and line breaks all have been used to send a browser astray (`spec/security.md` T78);
// a fragment would swallow the message.
function checkAddress(location: string): string {
  const url = URL.canParse(location) ? new URL(location) : undefined
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:'
  if (!isWeb || url.username !== '' || url.password !== '' || /[^\x21-\x7E]|[\\#]/.test(location)) {
    throw new SamlError(
      'SAML_METADATA',
      `the endpoint [${location.slice(0, 128)}] is not a plain http or https address`,
    )
  }
  return location
}

export function endpointElement(name: string, endpoint: Endpoint): XmlNode {
  const { binding, location, responseLocation } = endpoint
  return xml(name, { Binding: binding, Location: location, ResponseLocation: responseLocation })
}
