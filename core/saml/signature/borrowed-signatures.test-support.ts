/** A document that a service signed, and what an attacker makes of it. */
export interface Loot {
  /** A LogoutRequest, signed by whom the reader trusts. */
  readonly genuine: string
  /** Its ID. */
  readonly id: string
  /** Another signed document of the same signer, as an Assertion that somebody captured. */
  readonly captured: string
  /** The attacker's LogoutRequest about somebody else, under an ID of its own unless told otherwise, with this behind its Issuer. */
  evil(behindIssuer: string, id?: string): string
}

type Trick = readonly [
  name: string,
  document: string,
  code: 'SAML_XML' | 'SAML_SCHEMA' | 'SAML_SIGNATURE' | 'SAML_UNSIGNED',
]

export const withoutDeclaration = (document: string): string => document.replace(/^<\?xml[^>]*>/, '')

const hidden = (content: string) => `<saml2p:Extensions><x xmlns="urn:x">${content}</x></saml2p:Extensions>`
const transform = (algorithm: string) => `<ds:Transform Algorithm="${algorithm}"/>`
const enveloped = transform('http://www.w3.org/2000/09/xmldsig#enveloped-signature')
const exclusive = transform('http://www.w3.org/2001/10/xml-exc-c14n#')
const victimInObject = '<NameID xmlns="urn:oasis:names:tc:SAML:2.0:assertion">victim</NameID>'
const ofNothing = '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='

/** Documents that borrow a genuine signature (`spec/security.md` T12 to T18, T64, T66 to T69), each with what a strict reader says. */
export function borrowedSignatures(loot: Loot): readonly Trick[] {
  const parts = partsOf(loot)
  return [...wrappings(loot, parts), ...references(loot, parts), ...details(loot, parts)]
}

function partsOf({ genuine }: Loot) {
  const [signature = ''] = /<ds:Signature .*<\/ds:Signature>/s.exec(genuine) ?? []
  const [reference = ''] = /<ds:Reference .*<\/ds:Reference>/s.exec(genuine) ?? []
  const intoObject = (content: string) =>
    signature.replace('</ds:Signature>', `<ds:Object>${content}</ds:Object></ds:Signature>`)
  /** The genuine document after a change, which must change something. */
  const changed = (part: string | RegExp, replacement: string): string => {
    const document = genuine.replace(part, replacement)
    if (document === genuine) throw new TypeError(`nothing to change at ${part}`)
    return document
  }
  return { signature, reference, bare: genuine.replace(signature, ''), intoObject, changed }
}

type Parts = ReturnType<typeof partsOf>

function wrappings(
  { genuine, id, captured, evil }: Loot,
  { signature, bare, intoObject, changed }: Parts,
): readonly Trick[] {
  return [
    ['T12: a processing instruction in the NameID', changed(/(?<=<saml2:NameID[^>]*>..)/, '<?x .evil?>'), 'SAML_XML'],
    ['T13: the original bare in an Object', evil(intoObject(bare)), 'SAML_SIGNATURE'],
    ['T14: the original bare in Extensions', evil(signature + hidden(bare)), 'SAML_SIGNATURE'],
    ['T15: the original whole in Extensions', evil(hidden(genuine)), 'SAML_UNSIGNED'],
    ['T16: the same ID, the original in Extensions', evil(signature + hidden(bare), id), 'SAML_XML'],
    ['T17: the same ID, the original in an Object', evil(intoObject(bare), id), 'SAML_XML'],
    ['T18: a captured signed Assertion', evil(hidden(captured)), 'SAML_UNSIGNED'],
  ]
}

function references({ id }: Loot, { reference, changed }: Parts): readonly Trick[] {
  const transformed = (transforms: string) => changed(/(?<=<ds:Transforms>).*(?=<\/ds:Transforms>)/s, transforms)
  return [
    ['T64: the same ID twice', changed('</saml2:Issuer>', `$&${hidden(`<y ID="${id}"/>`)}`), 'SAML_XML'],
    ['T64: the ID as an Id', changed('</saml2:Issuer>', `$&${hidden(`<y Id="${id}"/>`)}`), 'SAML_XML'],
    ['T64: the ID as an id', changed('</saml2:Issuer>', `$&${hidden(`<y id="${id}"/>`)}`), 'SAML_XML'],
    ['T64: a reference to everything', changed(`URI="#${id}"`, 'URI=""'), 'SAML_SIGNATURE'],
    ['T64: two References', changed(reference, reference + reference), 'SAML_SIGNATURE'],
    ['T64: no Reference', changed(reference, ''), 'SAML_SCHEMA'],
    [
      'T64: a Manifest',
      changed('</ds:Signature>', `<ds:Object><ds:Manifest>${reference}</ds:Manifest></ds:Object>$&`),
      'SAML_SIGNATURE',
    ],
    ['T66: XSLT', transformed(enveloped + transform('http://www.w3.org/TR/1999/REC-xslt-19991116')), 'SAML_SIGNATURE'],
    [
      'T66: XPath',
      transformed(transform('http://www.w3.org/TR/1999/REC-xpath-19991116') + exclusive),
      'SAML_SIGNATURE',
    ],
    ['T66: base64', transformed(enveloped + transform('http://www.w3.org/2000/09/xmldsig#base64')), 'SAML_SIGNATURE'],
    ['T66: fifty transforms', transformed(enveloped + exclusive.repeat(49)), 'SAML_SIGNATURE'],
    ['T66: enveloped behind canonicalisation', transformed(exclusive + enveloped), 'SAML_SIGNATURE'],
    ['T66: no transforms', changed(/<ds:Transforms>.*<\/ds:Transforms>/s, ''), 'SAML_SIGNATURE'],
  ]
}

function details({ id }: Loot, { signature, intoObject, changed }: Parts): readonly Trick[] {
  return [
    [
      'T67: a relative namespace and the digest of nothing',
      changed(`ID="${id}"`, 'xmlns:x="1" $&').replace(/(?<=<ds:DigestValue>)[^<]*/, ofNothing),
      'SAML_XML',
    ],
    ['T67: the digest of nothing', changed(/(?<=<ds:DigestValue>)[^<]*/, ofNothing), 'SAML_SIGNATURE'],
    ['T68: a comment in DigestValue', changed('<ds:DigestValue>', '$&<!-- x -->'), 'SAML_XML'],
    ['T68: a processing instruction in SignatureValue', changed('<ds:SignatureValue>', '$&<?x?>'), 'SAML_XML'],
    ['T68: a child in DigestValue', changed('<ds:DigestValue>', '$&<x/>'), 'SAML_SCHEMA'],
    ['T68: two SignedInfo', changed(/<ds:SignedInfo>.*<\/ds:SignedInfo>/s, '$&$&'), 'SAML_SCHEMA'],
    ['T68: two DigestValue', changed(/<ds:DigestValue>.*<\/ds:DigestValue>/s, '$&$&'), 'SAML_SCHEMA'],
    [
      'T68: a stray CanonicalizationMethod',
      changed('<ds:SignedInfo>', '<ds:CanonicalizationMethod Algorithm="urn:x"/>$&'),
      'SAML_SCHEMA',
    ],
    ['T69: another NameID in an Object', changed(signature, intoObject(victimInObject)), 'SAML_SIGNATURE'],
    ['T69: the signature twice', changed(signature, signature + signature), 'SAML_SCHEMA'],
    ['T69: a copy of the signature elsewhere', changed(signature, signature + hidden(signature)), 'SAML_SIGNATURE'],
  ]
}
