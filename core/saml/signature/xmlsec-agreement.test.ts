import { expect, test } from 'vitest'
import { EXCLUSIVE_C14N } from '../algorithms.ts'
import { idp, idpKeys } from '../credentials.test-support.ts'
import { NAMESPACE } from '../names.ts'
import { signWithXmlsec } from '../oracles.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { readMessage } from '../schema/message.ts'
import { childOf, type XmlElement } from '../xml/element.ts'
import { verifyEnveloped } from './enveloped-signature.ts'
import { strictPolicy } from './policy.ts'

// Canonicalisation as libxml2 does it, which shares no code with what is tested here.

interface Prefixes {
  readonly ofSignedInfo?: string
  readonly ofElement?: string
  /** How SignedInfo is canonicalised. */
  readonly by?: string
}

function template({ ofSignedInfo, ofElement, by = EXCLUSIVE_C14N }: Prefixes): string {
  const more = 'http://www.w3.org/2001/04/xmldsig-more#'
  const method = (name: string, algorithm: string, content = '') =>
    `<${name} Algorithm="${algorithm}">${content}</${name}>`
  const list = (prefixes?: string) =>
    prefixes === undefined ? '' : `<InclusiveNamespaces xmlns="${EXCLUSIVE_C14N}" PrefixList="${prefixes}"/>`
  const transforms =
    method('Transform', `${NAMESPACE.signature}enveloped-signature`) +
    method('Transform', EXCLUSIVE_C14N, list(ofElement))
  const digest = method('DigestMethod', 'http://www.w3.org/2001/04/xmlenc#sha256')
  const reference = `<Reference URI="#_1"><Transforms>${transforms}</Transforms>${digest}<DigestValue/></Reference>`
  const methods =
    method('CanonicalizationMethod', by, list(ofSignedInfo)) + method('SignatureMethod', `${more}rsa-sha256`)
  return `<Signature xmlns="${NAMESPACE.signature}"><SignedInfo>${methods}${reference}</SignedInfo><SignatureValue/></Signature>`
}

const instant = '2031-05-04T12:00:00Z'
const issuer = `<i:Issuer xmlns:i="${NAMESPACE.assertion}">https://idp.test/</i:Issuer>`
const request = (extension: string, { declarations = '', ...prefixes }: Prefixes & { declarations?: string } = {}) =>
  `<LogoutRequest xmlns="${NAMESPACE.protocol}" ${declarations} ID="_1" Version="2.0" IssueInstant="${instant}">${issuer}${template(prefixes)}` +
  `<Extensions>${extension}</Extensions><NameID xmlns="${NAMESPACE.assertion}">alice</NameID></LogoutRequest>`

async function extensionOf(document: string): Promise<XmlElement | undefined> {
  const signed = await signWithXmlsec(document, idp.privateKeyPem, `${NAMESPACE.protocol}:LogoutRequest`)
  const root = readMessage(signed)
  const covered = verifyEnveloped({ document: signed, root, element: root }, idpKeys, strictPolicy)
  return childOf(covered, 'samlp:Extensions')?.children[0]
}

test.each([
  ['carriage returns and line feeds', '<x xmlns="urn:x">a\r\nb\rc\nd&#xD;e</x>', 'a\nb\nc\nd\re'],
  ['entities and references', '<x xmlns="urn:x">&lt;&amp;&gt;&quot;&apos;&#x41;&#66;]]&gt;</x>', '<&>"\'AB]]>'],
  ['CDATA', '<x xmlns="urn:x">a<![CDATA[<b> & ]] "]]>c<![CDATA[]]></x>', 'a<b> & ]] "c'],
  [
    'CDATA with what XML 1.1 takes for line ends',
    '<x xmlns="urn:x"><![CDATA[a\u0085b\u2028c]]></x>',
    'a\u0085b\u2028c',
  ],
  ['comments', '<x xmlns="urn:x">a<!-- b -->c<!----></x>', 'ac'],
  ['letters beyond ASCII', '<x xmlns="urn:x">é\u0085\u2028\u00A0漢𝄞</x>', 'é\u0085\u2028\u00A0漢𝄞'],
])('text is covered as libxml2 reads it: %s', async (_case, extension, text) => {
  expect(await extensionOf(request(extension))).toMatchObject({ text })
})

test('attribute values are covered as libxml2 reads them', async () => {
  const extension = `<x xmlns="urn:x" a="1\t2\n3\r\n4&#9;5&#10;6&#13;7" b='&lt;"&apos;&gt;&amp;é\u0085' c="\t x  y "/>`
  expect((await extensionOf(request(extension)))?.attributes.map(({ value }) => value)).toEqual([
    '1 2 3 4\t5\n6\r7',
    '<"\'>&é\u0085',
    '  x  y ',
  ])
})

test.each([
  [
    'attributes of several namespaces',
    '<x xmlns="urn:x" xmlns:b="urn:a" xmlns:a="urn:b" b:z="1" a:y="2" z="3" A="4" xml:lang="en"/>',
  ],
  ['prefixes of both cases', '<Z:x xmlns:Z="urn:z" xmlns:a="urn:a" xmlns:B="urn:b" a:p="" B:p="" Z:p=""/>'],
  [
    'prefixes with signs in them',
    '<a-b:x xmlns:a-b="urn:1" xmlns:ab="urn:2" xmlns:a.b="urn:3" xmlns:a_b="urn:4" ab:p="" a.b:p="" a_b:p=""/>',
  ],
  ['a default namespace undone and set again', '<x xmlns="urn:x"><y xmlns=""><z xmlns="urn:x"/></y></x>'],
  ['a prefix bound anew', '<p:x xmlns:p="urn:1"><p:y xmlns:p="urn:2"><p:z xmlns:p="urn:1"/></p:y></p:x>'],
  ['a prefix declared but not used', '<x xmlns="urn:x" xmlns:unused="urn:u"><y/></x>'],
  [
    'a prefix declared again where it is used',
    '<x xmlns="urn:x" xmlns:p="urn:p"><p:y xmlns:p="urn:p"><p:z/></p:y></x>',
  ],
])('namespaces are covered as libxml2 declares them: %s', async (_case, extension) => {
  expect(await extensionOf(request(extension))).toMatchObject({ local: 'x' })
})

test.each<[string, Prefixes]>([
  ['of the element', { ofElement: 'xs q' }],
  ['of SignedInfo', { ofSignedInfo: 'xs q' }],
  ['of both, with more white space', { ofSignedInfo: ' q  xs', ofElement: 'q\nxs ' }],
  ['that nobody declared', { ofSignedInfo: 'none', ofElement: 'none' }],
  ['without a prefix', { ofSignedInfo: '', ofElement: '' }],
])('a list of inclusive namespaces is heeded: %s', async (_case, prefixes) => {
  const declarations = `xmlns:xs="${NAMESPACE.schema}" xmlns:q="urn:q"`
  const extension = '<x xmlns="urn:x" kind="xs:string"><y xmlns:q="urn:q2"><q:z/></y></x>'
  expect(await extensionOf(request(extension, { declarations, ...prefixes }))).toMatchObject({ local: 'x' })
})

test.each<[string, Prefixes]>([
  ['no list', {}],
  ['a list', { ofElement: 'xs', ofSignedInfo: 'xs saml' }],
])('an Assertion is covered with the namespaces of its Response: %s', async (_case, prefixes) => {
  const value = `<saml:AttributeValue xmlns:xsi="${NAMESPACE.schemaInstance}" xsi:type="xs:string">admin</saml:AttributeValue>`
  const statement = `<saml:AttributeStatement><saml:Attribute Name="groups">${value}</saml:Attribute></saml:AttributeStatement>`
  const assertion = `<saml:Assertion ID="_1" Version="2.0" IssueInstant="${instant}"><saml:Issuer>https://idp.test/</saml:Issuer>${template(prefixes)}${statement}</saml:Assertion>`
  const status = '<Status><StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></Status>'
  const document = `<Response xmlns="${NAMESPACE.protocol}" xmlns:saml="${NAMESPACE.assertion}" xmlns:xs="${NAMESPACE.schema}" ID="_0" Version="2.0" IssueInstant="${instant}">${status}${assertion}</Response>`
  const signed = await signWithXmlsec(document, idp.privateKeyPem, `${NAMESPACE.assertion}:Assertion`)
  const root = readMessage(signed)
  const element = childOf(root, 'saml:Assertion') ?? root
  expect(verifyEnveloped({ document: signed, root, element }, idpKeys, strictPolicy)).toMatchObject({
    key: 'saml:Assertion',
    children: [{ key: 'saml:Issuer' }, { key: 'saml:AttributeStatement' }],
  })
})

const inclusive = [
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  'http://www.w3.org/2006/12/xml-c14n11',
  'http://www.w3.org/2006/12/xml-c14n11#WithComments',
]

test.each(inclusive)('SignedInfo is canonicalised as libxml2 does it by %s', async (by) => {
  const declarations = `xmlns:xs="${NAMESPACE.schema}" xmlns:Q="urn:q" xmlns:b="urn:b"`
  expect(await extensionOf(request('<x xmlns="urn:x"/>', { declarations, by }))).toMatchObject({ local: 'x' })
})

test.each([
  ['a default namespace further out', `xmlns="urn:d" xmlns:xs="${NAMESPACE.schema}"`],
  ['no default namespace', `xmlns:p="urn:p" xmlns:ds="${NAMESPACE.signature}"`],
  ['the prefix of the Assertion bound anew', 'xmlns:saml="urn:other"'],
])('an inclusive SignedInfo has the namespaces of all around it: %s', async (_case, declarations) => {
  const protocol = NAMESPACE.protocol
  const assertion = `<saml:Assertion xmlns:saml="${NAMESPACE.assertion}" xmlns:b="urn:b" ID="_1" Version="2.0" IssueInstant="${instant}"><saml:Issuer>https://idp.test/</saml:Issuer>${template({ by: inclusive[0] ?? '' })}</saml:Assertion>`
  const status = '<r:Status><r:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></r:Status>'
  const document = `<r:Response xmlns:r="${protocol}" ${declarations} ID="_0" Version="2.0" IssueInstant="${instant}">${status}${assertion}</r:Response>`
  const signed = await signWithXmlsec(document, idp.privateKeyPem, `${NAMESPACE.assertion}:Assertion`)
  const root = readMessage(signed)
  const element = childOf(root, 'saml:Assertion') ?? root
  expect(verifyEnveloped({ document: signed, root, element }, idpKeys, strictPolicy)).toMatchObject({
    key: 'saml:Assertion',
    children: [{ key: 'saml:Issuer' }],
  })
})

test('what canonicalisation passes over in SignedInfo is refused, although the signature verifies', async () => {
  const document = request('<x xmlns="urn:x"/>', { ofSignedInfo: 'xs' })
  const signed = await signWithXmlsec(document, idp.privateKeyPem, `${NAMESPACE.protocol}:LogoutRequest`)
  const changed = signed.replace('PrefixList="xs"', '$& xmlnsx="added"')
  const root = readMessage(changed)
  expect(() => verifyEnveloped({ document: changed, root, element: root }, idpKeys, strictPolicy)).toThrow(
    refusal('SAML_XML', 'two parsers read the document differently'),
  )
})
