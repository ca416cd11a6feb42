import { NAMESPACE } from '../names.ts'

/** Documents that hold, between them, every kind of element that the grammar declares and the schemas know. */

const namespaces = `xmlns:samlp="${NAMESPACE.protocol}" xmlns:saml="${NAMESPACE.assertion}" xmlns:ds="${NAMESPACE.signature}" xmlns:xenc="${NAMESPACE.encryption}"`
const header = `${namespaces} ID="_1" Version="2.0" IssueInstant="2031-05-04T12:00:00Z"`
const issuer = '<saml:Issuer Format="urn:oasis:names:tc:SAML:2.0:nameid-format:entity">https://idp.test/</saml:Issuer>'
const nameId = '<saml:NameID Format="urn:f" NameQualifier="q" SPNameQualifier="s" SPProvidedID="p">alice</saml:NameID>'

const signature = `<ds:Signature Id="_s"><ds:SignedInfo>
  <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
  <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
  <ds:Reference URI="#_1"><ds:Transforms>
    <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
    <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><ec:InclusiveNamespaces xmlns:ec="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="xs"/></ds:Transform>
  </ds:Transforms><ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue>AAAA</ds:DigestValue></ds:Reference>
</ds:SignedInfo><ds:SignatureValue>AAAA</ds:SignatureValue>
<ds:KeyInfo><ds:KeyName>k</ds:KeyName><ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AAAA</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>
<ds:X509Data><ds:X509IssuerSerial><ds:X509IssuerName>CN=x</ds:X509IssuerName><ds:X509SerialNumber>1</ds:X509SerialNumber></ds:X509IssuerSerial><ds:X509Certificate>AAAA</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
<ds:Object><x/></ds:Object></ds:Signature>`

const encryptedId = `<saml:EncryptedID><xenc:EncryptedData Type="http://www.w3.org/2001/04/xmlenc#Element">
<xenc:EncryptionMethod Algorithm="http://www.w3.org/2009/xmlenc11#aes256-gcm"/>
<ds:KeyInfo><xenc:EncryptedKey Recipient="r"><xenc:EncryptionMethod Algorithm="http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/></xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData><xenc:ReferenceList><xenc:DataReference URI="#d"/></xenc:ReferenceList><xenc:CarriedKeyName>n</xenc:CarriedKeyName></xenc:EncryptedKey></ds:KeyInfo>
<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedID>`

const assertion = (
  id: string,
) => `<saml:Assertion Version="2.0" ID="${id}" IssueInstant="2031-05-04T12:00:00.123Z">${issuer}
<saml:Subject>${nameId}<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:NameID>b</saml:NameID><saml:SubjectConfirmationData NotBefore="2031-05-04T12:00:00Z" NotOnOrAfter="2031-05-04T12:05:00Z" Recipient="https://sp.test/acs" InResponseTo="_r" Address="10.0.0.1" xmlns:x="urn:x" x:y="z">t</saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="2031-05-04T12:00:00Z" NotOnOrAfter="2031-05-04T12:05:00Z"><saml:AudienceRestriction><saml:Audience>https://sp.test/</saml:Audience></saml:AudienceRestriction><saml:OneTimeUse/><saml:ProxyRestriction Count="2"><saml:Audience>https://x.test/</saml:Audience></saml:ProxyRestriction></saml:Conditions>
<saml:Advice><saml:AssertionIDRef>_a</saml:AssertionIDRef><saml:AssertionURIRef>urn:a</saml:AssertionURIRef></saml:Advice>
<saml:AuthnStatement AuthnInstant="2031-05-04T12:00:00Z" SessionIndex="_s1" SessionNotOnOrAfter="2031-05-04T20:00:00Z"><saml:SubjectLocality Address="10.0.0.1" DNSName="h"/><saml:AuthnContext><saml:AuthnContextClassRef>urn:c</saml:AuthnContextClassRef><saml:AuthnContextDeclRef>urn:d</saml:AuthnContextDeclRef><saml:AuthenticatingAuthority>https://up.test/</saml:AuthenticatingAuthority></saml:AuthnContext></saml:AuthnStatement>
<saml:AuthzDecisionStatement Resource="urn:r" Decision="Permit"><saml:Action Namespace="urn:n">Read</saml:Action><saml:Evidence><saml:AssertionIDRef>_a</saml:AssertionIDRef></saml:Evidence></saml:AuthzDecisionStatement>
<saml:AttributeStatement><saml:Attribute Name="mail" NameFormat="urn:f" FriendlyName="m"><saml:AttributeValue>a@x.test</saml:AttributeValue><saml:AttributeValue><x y="z">deep</x></saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion>`

export const validDocuments = {
  LogoutRequest: `<samlp:LogoutRequest ${header} NotOnOrAfter="2031-05-04T12:05:00Z" Reason="urn:oasis:names:tc:SAML:2.0:logout:user" Destination="https://sp.test/slo" Consent="urn:c">${issuer}${signature}<samlp:Extensions><x xmlns="urn:x"/></samlp:Extensions>${nameId}<samlp:SessionIndex>_s1</samlp:SessionIndex><samlp:SessionIndex>_s2</samlp:SessionIndex></samlp:LogoutRequest>`,
  EncryptedLogoutRequest: `<samlp:LogoutRequest ${header}>${issuer}${encryptedId}</samlp:LogoutRequest>`,
  LogoutResponse: `<samlp:LogoutResponse ${header} InResponseTo="_0" Destination="https://idp.test/slo">${issuer}<samlp:Status><samlp:StatusCode Value="urn:top"><samlp:StatusCode Value="urn:second"/></samlp:StatusCode><samlp:StatusMessage>m</samlp:StatusMessage><samlp:StatusDetail><x/></samlp:StatusDetail></samlp:Status></samlp:LogoutResponse>`,
  AuthnRequest: `<samlp:AuthnRequest ${header} ForceAuthn="true" IsPassive="0" ProtocolBinding="urn:b" AssertionConsumerServiceURL="https://sp.test/acs" AssertionConsumerServiceIndex="1" AttributeConsumingServiceIndex="65535" ProviderName="n">${issuer}<saml:Subject>${nameId}</saml:Subject><samlp:NameIDPolicy Format="urn:f" SPNameQualifier="s" AllowCreate="1"/><saml:Conditions/><samlp:RequestedAuthnContext Comparison="exact"><saml:AuthnContextClassRef>urn:c</saml:AuthnContextClassRef></samlp:RequestedAuthnContext><samlp:Scoping ProxyCount="2"><samlp:IDPList><samlp:IDPEntry ProviderID="urn:p" Name="n" Loc="urn:l"/><samlp:GetComplete>urn:g</samlp:GetComplete></samlp:IDPList><samlp:RequesterID>urn:r</samlp:RequesterID></samlp:Scoping></samlp:AuthnRequest>`,
  Response: `<samlp:Response ${header} InResponseTo="_0">${issuer}<samlp:Status><samlp:StatusCode Value="urn:top"/></samlp:Status>${assertion('_a1')}${assertion('_a2')}</samlp:Response>`,
} as const
