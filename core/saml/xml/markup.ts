import { SamlError } from '../errors.ts'

/**
 * Guarantees that there is no DOCTYPE. It looks before any parsing, and so even inside of comments (`spec/security.md` §2.5).
 * @throws SamlError SAML_XML
 */
export function checkDoctype(text: string): void {
  if (!text.includes('<!DOCTYPE')) return
  throw new SamlError('SAML_XML', 'the document has a DOCTYPE, which no SAML message may have')
}

/**
 * Guarantees that there is no processing instruction, also inside of comments (`spec/security.md` §2.5).
 * @throws SamlError SAML_XML
 */
export function checkInstructions(text: string): void {
  const behindDeclaration = /^\uFEFF?<\?xml[\t\n\r ]/.test(text) ? 2 : 0
  const instruction = text.indexOf('<?', behindDeclaration)
  if (instruction < 0) return
  const [target = ''] = /^[^\s?>]{0,64}/.exec(text.slice(instruction + 2)) ?? []
  throw new SamlError('SAML_XML', `the document has a processing instruction [${target}]`)
}

interface XmlDeclaration {
  readonly version?: string | undefined
  readonly encoding?: string | undefined
}

/** @throws SamlError SAML_XML unless the document is XML 1.0. */
export function checkVersion({ version }: XmlDeclaration): void {
  if (version === undefined || version === '1.0') return
  throw new SamlError('SAML_XML', `the document is XML ${version.slice(0, 16)}, expected 1.0`)
}

/** @throws SamlError SAML_ENCODING unless the document declares UTF-8 or nothing. */
export function checkEncoding({ encoding }: XmlDeclaration): void {
  if (encoding === undefined || encoding.toUpperCase() === 'UTF-8') return
  throw new SamlError('SAML_ENCODING', `the document declares the encoding ${encoding.slice(0, 64)}, expected UTF-8`)
}

/**
 * Guarantees that a namespace name is an absolute URI without white space. Canonicalisation of a relative one is undefined, and libraries have
 * returned nothing for it (`spec/security.md` A20).
 * @throws SamlError SAML_XML
 */
export function checkNamespaceName(name: string): void {
  if (name !== '' && !/^[A-Za-z][A-Za-z0-9+.-]*:\S*$/.test(name)) {
    throw new SamlError('SAML_XML', `the namespace name [${name.slice(0, 64)}] is not an absolute URI`)
  }
}
