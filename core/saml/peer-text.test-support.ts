import { EXCLUSIVE_C14N, RSA_SHA256 } from './algorithms.ts'
import { decodeBase64 } from './bindings/base64.ts'
import { decodePosted } from './bindings/post.ts'
import { splitRawQuery } from './bindings/raw-query.ts'
import { encodeRedirectQuery } from './bindings/redirect-query.ts'
import { writeSoap } from './bindings/soap.ts'
import { readCertificate } from './credentials.ts'
import { isInstant, parseDuration } from './instants.ts'
import { parseIdpMetadata } from './metadata/idp-metadata.ts'
import { NAMESPACE } from './names.ts'
import { differencesOfAddresses } from './rules/hints/addresses.ts'
import { undoneChangesOf } from './rules/hints/document-changes.ts'
import { repairs } from './rules/hints/document-texts.ts'
import { signatureValuesOf } from './rules/hints/signature-values.ts'
import { differencesOfTexts } from './rules/hints/texts.ts'
import { renamed } from './rules/hints/validity.ts'
import { isAnyUri } from './schema/any-uri.ts'
import { builtInTypes } from './schema/built-in-types.ts'
import { readMessage } from './schema/message.ts'
import { isOfType, type SimpleType } from './schema/simple-types.ts'
import { canonicalForm, parseDom } from './signature/canonical-form.ts'
import { lenientPolicy } from './signature/policy.ts'
import { checkSignatureProfile } from './signature/signature-profile.ts'
import { escapeAttribute, escapeText } from './xml/build.ts'
import { decodeDocument } from './xml/decode-document.ts'
import { checkEncoding, checkInstructions, checkNamespaceName, checkVersion } from './xml/markup.ts'
import { readXml } from './xml/read.ts'

const types: readonly SimpleType[] = [
  ...(['ncName', 'boolean', 'dateTime', 'unsignedShort', 'nonNegativeInteger', 'integer', 'base64'] as const),
  ...(['string', 'anyURI', 'comparison', 'decision'] as const),
  ...Object.values(builtInTypes),
]

const typed = (type: string) =>
  [
    `<saml:AttributeValue xmlns:saml="${NAMESPACE.assertion}" xmlns:xsi="${NAMESPACE.schemaInstance}" xsi:type="${type}`,
    '"/>',
  ] as const

const inSignature = (prefixes: string) => {
  const methods = `<CanonicalizationMethod Algorithm="${EXCLUSIVE_C14N}"><InclusiveNamespaces xmlns="${EXCLUSIVE_C14N}" PrefixList="${prefixes}"/></CanonicalizationMethod><SignatureMethod Algorithm="${RSA_SHA256}"/>`
  const reference = `<Reference URI="#_1"><Transforms><Transform Algorithm="${NAMESPACE.signature}enveloped-signature"/><Transform Algorithm="${EXCLUSIVE_C14N}"/></Transforms><DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><DigestValue/></Reference>`
  return `<x xmlns="urn:x" ID="_1"><Signature xmlns="${NAMESPACE.signature}"><SignedInfo>${methods}${reference}</SignedInfo><SignatureValue/></Signature></x>`
}
const judgeSignature = (document: string) => {
  const root = readXml(document)
  checkSignatureProfile(root, root, lenientPolicy)
}
const canonicalise = (document: string) => {
  readXml(document)
  return canonicalForm(parseDom(document).documentElement, [])
}
const metadata = (attribute: string) =>
  [
    `<md:EntityDescriptor xmlns:md="${NAMESPACE.metadata}" entityID="e"><md:IDPSSODescriptor protocolSupportEnumeration="${NAMESPACE.protocol}"><md:SingleSignOnService Binding="b" ${attribute}="`,
    '"/></md:IDPSSODescriptor></md:EntityDescriptor>',
  ] as const
const value = `<saml:AttributeValue xmlns:saml="${NAMESPACE.assertion}" xmlns="urn:x">`
const extensions = `<samlp:Extensions xmlns:samlp="${NAMESPACE.protocol}" xmlns="urn:x">`
const [prefixesBefore = '', prefixesAfter = ''] = inSignature('@').split('@')

/** What a peer's text reaches in this folder; `core/linear-time.test.ts` measures it. */
export const readers = [
  ['core/saml/bindings/base64.ts', (text: string) => decodeBase64(text), ['AAAA', '='], ['', '====']],
  ['core/saml/bindings/base64.ts', (text: string) => decodeBase64(text, { lenient: true })],
  ['core/saml/bindings/post.ts', decodePosted],
  ['core/saml/bindings/raw-query.ts', splitRawQuery, ['SAMLRequest=', '\u00E9']],
  [
    'core/saml/bindings/redirect-query.ts',
    (relayState: string) => encodeRedirectQuery({ kind: 'SAMLResponse', document: '<a/>', relayState }),
  ],
  ['core/saml/bindings/soap.ts', writeSoap, ['<?xml ', ''], ['<?xml ', '?']],
  ['core/saml/credentials.ts', readCertificate],
  ['core/saml/instants.ts', isInstant, ['2031-05-04T12:00:00.', 'Z'], ['2031-05-04T12:00:00', '']],
  ['core/saml/instants.ts', parseDuration, ['P', ''], ['PT1.', 'S']],
  [
    'core/saml/metadata/role.ts',
    parseIdpMetadata,
    metadata('Location'),
    [
      `<md:EntityDescriptor xmlns:md="${NAMESPACE.metadata}"><md:IDPSSODescriptor protocolSupportEnumeration="`,
      '"/></md:EntityDescriptor>',
    ],
  ],
  ['core/saml/rules/hints/document-changes.ts', undoneChangesOf],
  [
    'core/saml/rules/hints/document-texts.ts',
    (text: string) => repairs.map(([, repair]) => repair(Buffer.from(text))),
    ['<!DOCTYPE ', ''],
    ['<!DOCTYPE a[', ''],
    ['<?a ', ''],
    ['&lt;', ''],
  ],
  ['core/saml/rules/hints/signature-values.ts', signatureValuesOf],
  [
    'core/saml/rules/hints/texts.ts',
    (text: string) => differencesOfTexts.map((differ) => differ('https://sp.test/', text)),
  ],
  [
    'core/saml/rules/hints/addresses.ts',
    (text: string) => differencesOfAddresses.map((differ) => differ('https://sp.test/', text)),
    ['https://sp.test/', ''],
  ],
  ['core/saml/rules/hints/validity.ts', renamed, ['<a ', ''], ['<a ID="', ''], ['<a ID="', '">']],
  ['core/saml/schema/declaration.ts', readMessage, [`${extensions}<a/>`, '</samlp:Extensions>']],
  [
    'core/saml/schema/grammar.ts',
    readMessage,
    [value, '</saml:AttributeValue>'],
    typed(''),
    typed('xs:'),
    [extensions, '</samlp:Extensions>'],
    [extensions, '<b xmlns=""/></samlp:Extensions>'],
  ],
  ...types.map((type) => ['core/saml/schema/simple-types.ts', (text: string) => isOfType(text, type)] as const),
  ['core/saml/schema/any-uri.ts', isAnyUri, ['http://[', ']/'], ['//', '['], ['//u@[', ']:1'], ['a:', '##']],
  ['core/saml/signature/canonical-form.ts', canonicalise, ['<a>', '</a>'], ['<a b="', '"/>']],
  ['core/saml/signature/signature-profile.ts', judgeSignature, [prefixesBefore, prefixesAfter]],
  ['core/saml/xml/build.ts', escapeText],
  ['core/saml/xml/build.ts', escapeAttribute],
  ['core/saml/xml/decode-document.ts', (text: string) => decodeDocument(Buffer.from(text)), ['<?xml ', '?>']],
  ['core/saml/xml/markup.ts', checkInstructions, ['<?', ''], ['\uFEFF<?xml', '?>']],
  ['core/saml/xml/markup.ts', (version: string) => checkVersion({ version })],
  ['core/saml/xml/markup.ts', (encoding: string) => checkEncoding({ encoding })],
  ['core/saml/xml/markup.ts', checkNamespaceName, ['a:', ' '], ['a', ':\n']],
  [
    'core/saml/xml/read.ts',
    readXml,
    ['<a>', '</a>'],
    ['<a b="', '"/>'],
    ['<a ', '/>'],
    ['<', '/>'],
    ['<a><!--', '--></a>'],
    ['<a>&', ';</a>'],
    ['<a><![CDATA[', ']]></a>'],
  ],
] as const
