import { writeXml, xml } from '../xml/build.ts'
import { attributeOf, childOf, childrenOf, type XmlElement } from '../xml/element.ts'
import { booleanOf, indexOf } from '../xml/typed-attributes.ts'
import { checkRoot, headerAttributes, issuerElement, type MessageHeader, readHeader } from './header.ts'

export interface NameIdPolicy {
  readonly format?: string | undefined
  readonly spNameQualifier?: string | undefined
  readonly allowCreate?: boolean | undefined
}

export interface RequestedAuthnContext {
  readonly comparison?: string | undefined
  /** Empty where declarations are asked for instead. */
  readonly classRefs: readonly string[]
}

/** saml-core-2.0 §3.4.1. */
export interface AuthnRequest extends MessageHeader {
  readonly acsUrl?: string | undefined
  readonly acsIndex?: number | undefined
  readonly protocolBinding?: string | undefined
  /** Undefined and false mean the same to an IdP; Elasticsearch writes the attribute only when it is configured. */
  readonly forceAuthn?: boolean | undefined
  readonly isPassive?: boolean | undefined
  readonly nameIdPolicy?: NameIdPolicy | undefined
  readonly requestedAuthnContext?: RequestedAuthnContext | undefined
  /** The entity ids of the IDPList in a Scoping: who may authenticate the user. Read, not written. */
  readonly idpList?: readonly string[] | undefined
}

/**
 * Reads the root that `readMessage` answered.
 * @throws SamlError SAML_ROOT when it is another message.
 */
export function parseAuthnRequest(root: XmlElement): AuthnRequest {
  checkRoot(root, 'AuthnRequest')
  const policy = childOf(root, 'samlp:NameIDPolicy')
  const context = childOf(root, 'samlp:RequestedAuthnContext')
  const scoping = childOf(root, 'samlp:Scoping')
  const idpList = scoping && childOf(scoping, 'samlp:IDPList')
  return {
    acsUrl: attributeOf(root, 'AssertionConsumerServiceURL'),
    acsIndex: indexOf(root, 'AssertionConsumerServiceIndex'),
    protocolBinding: attributeOf(root, 'ProtocolBinding'),
    forceAuthn: booleanOf(root, 'ForceAuthn'),
    isPassive: booleanOf(root, 'IsPassive'),
    nameIdPolicy: policy && {
      format: attributeOf(policy, 'Format'),
      spNameQualifier: attributeOf(policy, 'SPNameQualifier'),
      allowCreate: booleanOf(policy, 'AllowCreate'),
    },
    requestedAuthnContext: context && {
      comparison: attributeOf(context, 'Comparison'),
      classRefs: childrenOf(context, 'saml:AuthnContextClassRef').map((element) => element.text),
    },
    idpList: idpList && childrenOf(idpList, 'samlp:IDPEntry').map((entry) => attributeOf(entry, 'ProviderID') ?? ''),
    ...readHeader(root),
  }
}

/** Writes the message unsigned. */
export function writeAuthnRequest(request: AuthnRequest): string {
  const { nameIdPolicy, requestedAuthnContext } = request
  const attributes = {
    AssertionConsumerServiceURL: request.acsUrl,
    AssertionConsumerServiceIndex: request.acsIndex,
    ProtocolBinding: request.protocolBinding,
    ForceAuthn: request.forceAuthn,
    IsPassive: request.isPassive,
    ...headerAttributes(request),
  }
  const policy =
    nameIdPolicy &&
    xml('saml2p:NameIDPolicy', {
      AllowCreate: nameIdPolicy.allowCreate,
      Format: nameIdPolicy.format,
      SPNameQualifier: nameIdPolicy.spNameQualifier,
    })
  const context =
    requestedAuthnContext &&
    xml(
      'saml2p:RequestedAuthnContext',
      { Comparison: requestedAuthnContext.comparison },
      requestedAuthnContext.classRefs.map((classRef) => xml('saml2:AuthnContextClassRef', {}, classRef)),
    )
  return writeXml(xml('saml2p:AuthnRequest', attributes, issuerElement(request.issuer), policy, context))
}
