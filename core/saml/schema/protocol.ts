import type { Declaration } from './declaration.ts'

const message = 'ID!:ncName Version!:string IssueInstant!:dateTime Destination:anyURI Consent:anyURI'
const request = 'saml:Issuer?, ds:Signature?, samlp:Extensions?'
const response = `${request}, samlp:Status`

/** saml-schema-protocol-2.0, as far as login by browser and single logout need it. */
export const protocolSchema: Readonly<Record<string, Declaration>> = {
  'samlp:Extensions': { content: '##other+' },
  'samlp:Status': { content: 'samlp:StatusCode, samlp:StatusMessage?, samlp:StatusDetail?' },
  'samlp:StatusCode': { attributes: 'Value!:anyURI', content: 'samlp:StatusCode?' },
  'samlp:StatusMessage': { content: 'text:string' },
  'samlp:StatusDetail': { content: '##any*' },
  'samlp:AuthnRequest': {
    attributes: `${message} ForceAuthn:boolean IsPassive:boolean ProtocolBinding:anyURI AssertionConsumerServiceIndex:unsignedShort AssertionConsumerServiceURL:anyURI AttributeConsumingServiceIndex:unsignedShort ProviderName:string`,
    content: `${request}, saml:Subject?, samlp:NameIDPolicy?, saml:Conditions?, samlp:RequestedAuthnContext?, samlp:Scoping?`,
  },
  'samlp:NameIDPolicy': { attributes: 'Format:anyURI SPNameQualifier:string AllowCreate:boolean' },
  'samlp:RequestedAuthnContext': {
    attributes: 'Comparison:comparison',
    content: 'saml:AuthnContextClassRef+ | saml:AuthnContextDeclRef+',
  },
  'samlp:Scoping': { attributes: 'ProxyCount:nonNegativeInteger', content: 'samlp:IDPList?, samlp:RequesterID*' },
  'samlp:RequesterID': { content: 'text:anyURI' },
  'samlp:IDPList': { content: 'samlp:IDPEntry+, samlp:GetComplete?' },
  'samlp:IDPEntry': { attributes: 'ProviderID!:anyURI Name:string Loc:anyURI' },
  'samlp:GetComplete': { content: 'text:anyURI' },
  'samlp:Response': {
    attributes: `${message} InResponseTo:ncName`,
    content: `${response}, (saml:Assertion | saml:EncryptedAssertion)*`,
  },
  'samlp:LogoutRequest': {
    attributes: `${message} Reason:string NotOnOrAfter:dateTime`,
    content: `${request}, (saml:NameID | saml:EncryptedID), samlp:SessionIndex*`,
  },
  'samlp:SessionIndex': { content: 'text:string' },
  'samlp:LogoutResponse': { attributes: `${message} InResponseTo:ncName`, content: response },
}
