import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'

/** An identity provider made of command-line tools and hand-written XML: it shares no code with us. */
export interface ForeignIdp {
  readonly entityId: string
  readonly metadata: string
  /** A Response with an Assertion that xmlsec1 has signed, in base64. */
  response(to: { acsUrl: string; spEntityId: string }): string
  /** The query of a LogoutRequest that openssl has signed, escaped in lower case as ADFS does. */
  logoutQuery(to: { logoutUrl: string }): string
}

const instant = (offsetMinutes: number) => {
  const at = Number(execFileSync('date', ['+%s'])) + offsetMinutes * 60
  return execFileSync('date', ['-u', '-d', `@${at}`, '+%Y-%m-%dT%H:%M:%SZ'])
    .toString()
    .trim()
}

export function makeForeignIdp(folder: string): ForeignIdp {
  const entityId = 'https://foreign.example.test/idp'
  const file = (name: string) => join(folder, name)
  const subject = ['-subj', '/CN=foreign', '-days', '2', '-nodes']
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-keyout', file('foreign.key'), '-out', file('foreign.crt'), ...subject],
    { stdio: 'ignore' },
  )
  const certificate = execFileSync('openssl', ['x509', '-in', file('foreign.crt'), '-outform', 'DER']).toString(
    'base64',
  )
  return {
    entityId,
    metadata: metadata(entityId, certificate),
    response: (to) => {
      writeFileSync(file('response.xml'), responseTemplate(entityId, to))
      const idAttribute = ['--id-attr:ID', 'urn:oasis:names:tc:SAML:2.0:assertion:Assertion']
      const args = ['--sign', ...idAttribute, '--privkey-pem', file('foreign.key'), file('response.xml')]
      return execFileSync('xmlsec1', args, { stdio: ['ignore', 'pipe', 'ignore'] }).toString('base64')
    },
    logoutQuery: (to) => {
      const message = deflateRawSync(logoutRequest(entityId, to)).toString('base64')
      const algorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
      const octets = `SAMLRequest=${lowerCaseEscapes(message)}&SigAlg=${lowerCaseEscapes(algorithm)}`
      const sign = ['dgst', '-sha256', '-sign', file('foreign.key')]
      const signature = execFileSync('openssl', sign, { input: octets }).toString('base64')
      return `${octets}&Signature=${lowerCaseEscapes(signature)}`
    },
  }
}

const lowerCaseEscapes = (value: string) =>
  encodeURIComponent(value).replace(/%[0-9A-F]{2}/g, (octet) => octet.toLowerCase())

function metadata(entityId: string, certificate: string): string {
  const redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
  return `<?xml version="1.0"?>
<EntitiesDescriptor Name="urn:federation" xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:dsig="http://www.w3.org/2000/09/xmldsig#">
  <!-- exported by hand -->
  <EntityDescriptor entityID="${entityId}">
    <IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
      <KeyDescriptor use="signing"><dsig:KeyInfo><dsig:X509Data><dsig:X509Certificate>
        ${certificate}
      </dsig:X509Certificate></dsig:X509Data></dsig:KeyInfo></KeyDescriptor>
      <SingleLogoutService Binding="${redirect}" Location="https://foreign.example.test/slo?tenant=7"/>
      <SingleSignOnService Binding="${redirect}" Location="https://foreign.example.test/sso"/>
    </IDPSSODescriptor>
  </EntityDescriptor>
</EntitiesDescriptor>`
}

function responseTemplate(issuer: string, { acsUrl, spEntityId }: { acsUrl: string; spEntityId: string }): string {
  const [now, later] = [instant(0), instant(5)]
  return `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r1" Version="2.0" IssueInstant="${now}" Destination="${acsUrl}">
  <saml:Issuer>${issuer}</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="_a1" Version="2.0" IssueInstant="${now}">
    <saml:Issuer>${issuer}</saml:Issuer>
    <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
      <ds:SignedInfo>
        <ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
        <ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/>
        <ds:Reference URI="#_a1">
          <ds:Transforms>
            <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
            <ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>
          </ds:Transforms>
          <ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>
          <ds:DigestValue></ds:DigestValue>
        </ds:Reference>
      </ds:SignedInfo>
      <ds:SignatureValue/>
    </ds:Signature>
    <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">p-4711</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData Recipient="${acsUrl}" NotOnOrAfter="${later}"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotBefore="${now}" NotOnOrAfter="${later}">
      <saml:AudienceRestriction><saml:Audience>${spEntityId}</saml:Audience></saml:AudienceRestriction>
    </saml:Conditions>
    <saml:AuthnStatement AuthnInstant="${now}" SessionIndex="s-1">
      <saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext>
    </saml:AuthnStatement>
  </saml:Assertion>
</samlp:Response>`
}

function logoutRequest(issuer: string, { logoutUrl }: { logoutUrl: string }): string {
  return `<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_l1" Version="2.0" IssueInstant="${instant(0)}" Destination="${logoutUrl}"><Issuer xmlns="urn:oasis:names:tc:SAML:2.0:assertion">${issuer}</Issuer><NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion" Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">p-4711</NameID><samlp:SessionIndex>s-1</samlp:SessionIndex></samlp:LogoutRequest>`
}
