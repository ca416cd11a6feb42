import type { Declaration } from './declaration.ts'

const algorithm = 'Algorithm!:anyURI'

/** xmldsig-core-schema: what a signature in a SAML message may be made of. */
export const signatureSchema: Readonly<Record<string, Declaration>> = {
  'ds:Signature': { attributes: 'Id:ncName', content: 'ds:SignedInfo, ds:SignatureValue, ds:KeyInfo?, ds:Object*' },
  'ds:SignatureValue': { attributes: 'Id:ncName', content: 'text:base64' },
  'ds:SignedInfo': {
    attributes: 'Id:ncName',
    content: 'ds:CanonicalizationMethod, ds:SignatureMethod, ds:Reference+',
  },
  'ds:CanonicalizationMethod': { attributes: algorithm, content: '##any*', mixed: true },
  'ds:SignatureMethod': { attributes: algorithm, content: 'ds:HMACOutputLength?, ##other*', mixed: true },
  'ds:HMACOutputLength': { content: 'text:integer' },
  'ds:Reference': {
    attributes: 'Id:ncName URI:anyURI Type:anyURI',
    content: 'ds:Transforms?, ds:DigestMethod, ds:DigestValue',
  },
  'ds:Transforms': { content: 'ds:Transform+' },
  'ds:Transform': { attributes: algorithm, content: '(##other | ds:XPath)*', mixed: true },
  'ds:XPath': { content: 'text:string' },
  'ds:DigestMethod': { attributes: algorithm, content: '##other*', mixed: true },
  'ds:DigestValue': { content: 'text:base64' },
  'ds:KeyInfo': {
    attributes: 'Id:ncName',
    content:
      '(ds:KeyName | ds:KeyValue | ds:RetrievalMethod | ds:X509Data | ds:PGPData | ds:SPKIData | ds:MgmtData | ##other)+',
    mixed: true,
  },
  'ds:KeyName': { content: 'text:string' },
  'ds:MgmtData': { content: 'text:string' },
  'ds:KeyValue': { content: 'ds:DSAKeyValue | ds:RSAKeyValue | ##other', mixed: true },
  'ds:RSAKeyValue': { content: 'ds:Modulus, ds:Exponent' },
  'ds:Modulus': { content: 'text:base64' },
  'ds:Exponent': { content: 'text:base64' },
  'ds:RetrievalMethod': { attributes: 'URI:anyURI Type:anyURI', content: 'ds:Transforms?' },
  'ds:X509Data': {
    content: '(ds:X509IssuerSerial | ds:X509SKI | ds:X509SubjectName | ds:X509Certificate | ds:X509CRL | ##other)+',
  },
  'ds:X509IssuerSerial': { content: 'ds:X509IssuerName, ds:X509SerialNumber' },
  'ds:X509IssuerName': { content: 'text:string' },
  'ds:X509SerialNumber': { content: 'text:string' },
  'ds:X509SKI': { content: 'text:base64' },
  'ds:X509SubjectName': { content: 'text:string' },
  'ds:X509Certificate': { content: 'text:base64' },
  'ds:X509CRL': { content: 'text:base64' },
  'ds:Object': { attributes: 'Id:ncName MimeType:string Encoding:anyURI', content: '##any*', mixed: true },
}
