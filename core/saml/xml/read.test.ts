import { expect, test } from 'vitest'
import { connectionsDuring } from '../canary.test-support.ts'
import { refusal } from '../refusals.test-support.ts'
import { childOf } from './element.ts'
import { readXml } from './read.ts'

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion'
const malformed = (reason: string) => refusal('SAML_XML', `the document is not well-formed: ${reason}`)

test('an element is known by its namespace and local name, whatever its prefix', () => {
  const root = readXml(`<x:Subject xmlns:x="${saml}"><NameID xmlns="${saml}" Format="f">alice</NameID></x:Subject>`)
  expect(root).toMatchObject({ key: 'saml:Subject', namespace: saml, local: 'Subject', attributes: [] })
  expect(childOf(root, 'saml:NameID')).toMatchObject({
    attributes: [{ namespace: '', local: 'Format', value: 'f' }],
    text: 'alice',
  })
})

test('a local name in a foreign namespace is another element', () => {
  expect(readXml('<x:NameID xmlns:x="urn:evil"/>').key).toBe('{urn:evil}NameID')
  expect(readXml('<NameID/>').key).toBe('{}NameID')
})

test('an inner declaration rebinds a prefix for its own subtree only', () => {
  const root = readXml(`<s:a xmlns:s="${saml}"><s:b xmlns:s="urn:evil"/><s:c/></s:a>`)
  expect(root.children.map(({ key }) => key)).toEqual(['{urn:evil}b', 'saml:c'])
})

test.each([
  ['plain', 'admin.evil'],
  ['split by a comment', 'admin<!-- x -->.evil'],
  ['in a CDATA section', 'ad<![CDATA[min.ev]]>il'],
  ['in character references', '&#x61;dmin&#46;evil'],
])('text is the whole text: %s', (_case, written) => {
  expect(readXml(`<a>${written}</a>`).text).toBe('admin.evil')
})

test('white space in text is kept as it stands', () => {
  expect(readXml('<a>  alice\u00A0\n </a>').text).toBe('  alice\u00A0\n ')
})

test.each([
  ['a byte order mark', '\uFEFF<a/>'],
  ['a declaration', '<?xml version="1.0" encoding="utf-8" standalone="yes"?><a/>'],
  ['white space and comments around the root', '<?xml version="1.0"?>\n<!-- x -->\n<a/>\n<!-- y -->\n'],
])('%s is allowed', (_case, document) => {
  expect(readXml(Buffer.from(document)).key).toBe('{}a')
})

test.each([
  ['alone', '<!DOCTYPE a><a/>'],
  ['with an entity that nobody uses', '<!DOCTYPE a [<!ENTITY x "y">]><a/>'],
  ['that defaults an attribute', '<!DOCTYPE a [<!ATTLIST a ID CDATA "_1">]><a/>'],
  ['even in a comment', '<a><!-- <!DOCTYPE a> --></a>'],
  ['with entities that grow', '<!DOCTYPE a [<!ENTITY b "bbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
])('a DOCTYPE is refused: %s', (_case, document) => {
  expect(() => readXml(document)).toThrow(
    refusal('SAML_XML', 'the document has a DOCTYPE, which no SAML message may have'),
  )
})

test.each([
  ['before the root', '<?evil x?><a/>'],
  ['in the text', '<a>corp.example<?evil .test?></a>'],
  ['behind the root', '<a/><?evil?>'],
  ['behind a declaration', '<?xml version="1.0"?><?evil?><a/>'],
  ['even in a comment', '<a><!-- <?evil?> --></a>'],
])('a processing instruction is refused: %s', (_case, document) => {
  expect(() => readXml(document)).toThrow(refusal('SAML_XML', 'the document has a processing instruction [evil]'))
})

test.each([
  ['a declaration inside', '<a><?xml version="1.0"?></a>', 'xml'],
  ['a second declaration', '<?xml version="1.0"?><?xml version="1.0"?><a/>', 'xml'],
  ['a target that begins as a declaration does', '<?xml-stylesheet href="x"?><a/>', 'xml-stylesheet'],
])('%s is a processing instruction', (_case, document, target) => {
  expect(() => readXml(document)).toThrow(refusal('SAML_XML', `the document has a processing instruction [${target}]`))
})

test.each([
  ['a second root', '<a/><b/>', 'documents may contain only one root.'],
  ['text before the root', 'x<a/>', 'text data outside of root node.'],
  ['text behind the root', '<a/>x', 'text data outside of root node.'],
  ['a no-break space behind the root', '<a/>\u00A0', 'text data outside of root node.'],
  ['a CDATA section behind the root', '<a/><![CDATA[x]]>', 'text data outside of root node.'],
  ['an undefined entity', '<a>&nbsp;</a>', 'undefined entity.'],
  ['NUL', '<a>\u0000</a>', 'disallowed character.'],
  ['a reference to NUL', '<a>&#0;</a>', 'malformed character entity.'],
  ['an attribute twice', '<a x="1" x="2"/>', 'duplicate attribute: x.'],
  [
    'an attribute twice by namespace',
    '<a xmlns:p="urn:x" xmlns:q="urn:x" p:z="" q:z=""/>',
    'duplicate attribute: {urn:x}z.',
  ],
  ['an unbound prefix', '<x:a/>', 'unbound namespace prefix: "x".'],
  ['a prefix unbound again', '<a xmlns:x="urn:x"><b xmlns:x=""/></a>', 'invalid attempt to undefine prefix in XML 1.0'],
  ['an end tag of another element', '<a></b>', 'unexpected close tag.'],
  ['a missing end tag', '<a>', 'unclosed tag: a'],
  ['nothing', '', 'document must contain a root element.'],
])('%s is refused', (_case, document, reason) => {
  expect(() => readXml(document)).toThrow(malformed(reason))
})

test.each([
  ['XML 1.1', '<?xml version="1.1"?><a/>', 'SAML_XML', 'the document is XML 1.1, expected 1.0'],
  [
    'another encoding',
    '<?xml version="1.0" encoding="UTF-16"?><a/>',
    'SAML_ENCODING',
    'the document declares the encoding UTF-16, expected UTF-8',
  ],
] as const)('a declaration of %s is refused', (_case, document, code, message) => {
  expect(() => readXml(Buffer.from(document))).toThrow(refusal(code, message))
})

test.each([
  ['a stray continuation byte', Buffer.from([0x3c, 0x61, 0x3e, 0x80])],
  ['an overlong form', Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xbc])],
  ['UTF-16 with its mark', Buffer.from('\uFEFF<a/>', 'utf16le')],
  ['Latin-1', Buffer.from('<a>é</a>', 'latin1')],
])('octets that are not UTF-8 are refused: %s', (_case, octets) => {
  expect(() => readXml(octets)).toThrow(refusal('SAML_ENCODING', 'the document is not UTF-8'))
})

test('UTF-16 without a mark is refused for its NULs', () => {
  expect(() => readXml(Buffer.from('<a/>', 'utf16le'))).toThrow(malformed('disallowed character.'))
})

test.each([
  ['ID and ID', '<a ID="_1"><b ID="_1"/></a>'],
  ['ID and Id', '<a ID="_1"><b Id="_1"/></a>'],
  ['Id and id', '<a Id="_1"><b id="_1"/></a>'],
  ['ID and xml:id', '<a ID="_1" xml:id="_1"/>'],
  ['ID and x:ID', '<a ID="_1" xmlns:x="urn:x" x:ID="_1"/>'],
  ['ID and ID with blanks, which a schema collapses', '<a ID="_1"><b ID=" _1 "/></a>'],
])('two equal identifiers are refused: %s', (_case, document) => {
  expect(() => readXml(document)).toThrow(refusal('SAML_XML', 'the identifier [_1] occurs twice'))
})

test.each([
  ['relative', '1'],
  ['relative with a path', 'names/x'],
  ['with a blank, which could pose as two names', 'urn:a saml:NameID'],
  ['with a line feed', 'urn:a&#xA;b'],
])('a namespace name that is no absolute URI is refused: %s', (_case, name) => {
  const shown = name.replace('&#xA;', '\n')
  expect(() => readXml(`<a xmlns:x="${name}"/>`)).toThrow(
    refusal('SAML_XML', `the namespace name [${shown}] is not an absolute URI`),
  )
})

test('the default namespace may be taken back', () => {
  expect(readXml(`<a xmlns="${saml}"><b xmlns=""/></a>`).children[0]?.key).toBe('{}b')
})

const signature = (content: string) =>
  readXml(`<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><x>${content}</x></ds:Signature>`)

test.each([
  ['a comment', '<!-- 47DE -->'],
  ['a CDATA section', '<![CDATA[47DE]]>'],
])('a signature may not hold %s at any depth', (what, content) => {
  expect(() => signature(content)).toThrow(refusal('SAML_XML', `the signature has ${what} in it`))
})

test('a comment beside a certificate in metadata is allowed', () => {
  const keyInfo = '<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><!-- until 2032 --></ds:KeyInfo>'
  expect(readXml(keyInfo).key).toBe('ds:KeyInfo')
})

test('nothing that a document names is ever fetched', async () => {
  const hostile = (url: string) => [
    `<!DOCTYPE a SYSTEM "${url}"><a/>`,
    `<!DOCTYPE a [<!ENTITY x SYSTEM "${url}">]><a>&x;</a>`,
    `<!DOCTYPE a [<!ENTITY % p SYSTEM "${url}">%p;]><a/>`,
    `<?xml-stylesheet href="${url}"?><a/>`,
  ]
  const inert = (url: string) => [
    `<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="urn:x ${url}"/>`,
    `<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="${url}"/>`,
  ]
  const connections = await connectionsDuring((url) => {
    for (const document of hostile(url)) expect(() => readXml(document)).toThrow(/^the document has a /)
    for (const document of inert(url)) expect(readXml(document).children).toEqual([])
  })
  expect(connections).toBe(0)
})
