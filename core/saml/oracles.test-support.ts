import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Independent judges for what we emit: Debian's xmllint, xmlsec1 and openssl. They share no code with us. */

const run = promisify(execFile)
const opensaml = '/usr/share/xml/opensaml'
const xmltooling = '/usr/share/xml/xmltooling'

const schemas = {
  assertion: `${opensaml}/saml-schema-assertion-2.0.xsd`,
  protocol: `${opensaml}/saml-schema-protocol-2.0.xsd`,
  metadata: `${opensaml}/saml-schema-metadata-2.0.xsd`,
} as const

const catalog = `<?xml version="1.0"?>
<catalog xmlns="urn:oasis:names:tc:entity:xmlns:xml:catalog">
  <system systemId="http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd" uri="file://${xmltooling}/xmldsig-core-schema.xsd"/>
  <system systemId="http://www.w3.org/TR/2002/REC-xmlenc-core-20021210/xenc-schema.xsd" uri="file://${xmltooling}/xenc-schema.xsd"/>
  <system systemId="http://www.w3.org/2001/xml.xsd" uri="file://${xmltooling}/xml.xsd"/>
</catalog>`

/** What a judge said: whether it accepted, and its words. */
export interface Verdict {
  readonly accepted: boolean
  readonly words: string
}

/** Whether xmllint finds the document valid under the OASIS schemas. */
export function judgeSchema(document: string, schema: keyof typeof schemas): Promise<Verdict> {
  return inFolder({ 'document.xml': document, 'catalog.xml': catalog }, (folder) => {
    return verdictOf(runXmllint(folder, schema, ['document.xml']))
  })
}

/** Which of many documents xmllint finds valid, in their order. One process judges them all. */
export function judgeSchemas(documents: readonly string[], schema: keyof typeof schemas): Promise<boolean[]> {
  const named = documents.map((document, index) => [`${index}.xml`, document] as const)
  return inFolder({ ...Object.fromEntries(named), 'catalog.xml': catalog }, async (folder) => {
    const names = named.map(([name]) => name)
    const { words } = await verdictOf(runXmllint(folder, schema, names))
    const lines = new Set(words.split('\n'))
    return names.map((name) => lines.has(`${join(folder, name)} validates`))
  })
}

function runXmllint(folder: string, schema: keyof typeof schemas, names: readonly string[]) {
  const files = names.map((name) => join(folder, name))
  return run('xmllint', ['--noout', '--nonet', '--schema', schemas[schema], ...files], {
    env: { XML_CATALOG_FILES: join(folder, 'catalog.xml') },
    maxBuffer: 64 * 1024 * 1024,
  })
}

/** The exclusive canonical forms of many elements, in their order, by one xmllint: with an element of our own between them. */
export async function exclusiveForms(elements: readonly string[]): Promise<string[]> {
  const between = '<sloop-next></sloop-next>'
  const named = elements.map((element, index) => [`${index}.xml`, element] as const)
  return inFolder({ ...Object.fromEntries(named), 'between.xml': between }, async (folder) => {
    const files = named.flatMap(([name], index) => (index === 0 ? [name] : ['between.xml', name]))
    const { stdout } = await run('xmllint', ['--exc-c14n', ...files.map((name) => join(folder, name))])
    return stdout.split(between)
  })
}

/** Whether xmlsec1 verifies the enveloped signature of the root, or of the first element named by `signed` (`namespace:name`). */
export function judgeXmlSignature(
  document: string,
  certificatePem: string,
  signed: string,
  xpath?: string,
): Promise<Verdict> {
  return inFolder({ 'document.xml': document, 'certificate.pem': certificatePem }, (folder) => {
    const select = xpath === undefined ? [] : ['--node-xpath', xpath]
    const args = ['--verify', '--enabled-key-data', 'key-name', '--id-attr:ID', signed, ...select]
    return verdictOf(
      run('xmlsec1', [...args, '--pubkey-cert-pem', join(folder, 'certificate.pem'), join(folder, 'document.xml')]),
    )
  })
}

/** Lets xmlsec1 fill in a signature template for the element named by `signed` (`namespace:name`), and answers the signed document. */
export function signWithXmlsec(template: string, privateKeyPem: string, signed: string): Promise<string> {
  return inFolder({ 'template.xml': template, 'key.pem': privateKeyPem }, async (folder) => {
    const key = ['--privkey-pem', join(folder, 'key.pem')]
    const { stdout } = await run('xmlsec1', ['--sign', '--id-attr:ID', signed, ...key, join(folder, 'template.xml')])
    return stdout
  })
}

/** Lets xmlsec1 encrypt a document by a template of an EncryptedData, with a fresh content key such as `aes-256`, and answers the EncryptedData. */
export function encryptWithXmlsec(
  document: string,
  { template, certificatePem, contentKey }: { template: string; certificatePem: string; contentKey: string },
): Promise<string> {
  const files = { 'document.xml': document, 'template.xml': template, 'certificate.pem': certificatePem }
  return inFolder(files, async (folder) => {
    const recipient = ['--pubkey-cert-pem', join(folder, 'certificate.pem'), '--session-key', contentKey]
    const data = ['--xml-data', join(folder, 'document.xml'), join(folder, 'template.xml')]
    const { stdout } = await run('xmlsec1', ['--encrypt', ...recipient, ...data])
    return stdout.replace(/^<\?xml[^>]*\?>\s*/, '').trim()
  })
}

/** Lets xmlsec1 decrypt the EncryptedData that is the root, and answers what takes its place. */
export function decryptWithXmlsec(document: string, privateKeyPem: string): Promise<string> {
  return inFolder({ 'document.xml': document, 'key.pem': privateKeyPem }, async (folder) => {
    const key = ['--privkey-pem', join(folder, 'key.pem')]
    const { stdout } = await run('xmlsec1', ['--decrypt', ...key, join(folder, 'document.xml')])
    return stdout.replace(/^<\?xml[^>]*\?>\s*/, '').trim()
  })
}

/** Whether openssl verifies the signature of a redirect's query string. */
export function judgeQuerySignature(query: string, publicKeyPem: string, digest = 'sha256'): Promise<Verdict> {
  const cut = query.indexOf('&Signature=')
  const signature = Buffer.from(decodeURIComponent(query.slice(cut + '&Signature='.length)), 'base64')
  return inFolder({ octets: query.slice(0, cut), 'signature.bin': signature, 'key.pem': publicKeyPem }, (folder) => {
    const file = (name: string) => join(folder, name)
    return verdictOf(
      run('openssl', [
        'dgst',
        `-${digest}`,
        '-verify',
        file('key.pem'),
        '-signature',
        file('signature.bin'),
        file('octets'),
      ]),
    )
  })
}

/** Whether openssl finds a self-signed certificate in order, its own signature and its validity today included. */
export function judgeCertificate(certificatePem: string): Promise<Verdict> {
  return inFolder({ 'certificate.pem': certificatePem }, (folder) => {
    const file = join(folder, 'certificate.pem')
    return verdictOf(run('openssl', ['verify', '-x509_strict', '-check_ss_sig', '-CAfile', file, file]))
  })
}

async function verdictOf(running: Promise<{ stderr: string }>): Promise<Verdict> {
  try {
    const { stderr } = await running
    return { accepted: true, words: stderr }
  } catch (error) {
    const { code, stderr, stdout } = error as { code?: unknown; stderr?: string; stdout?: string }
    if (code === 'ENOENT') throw error
    return { accepted: false, words: `${stdout ?? ''}${stderr ?? ''}` }
  }
}

async function inFolder<T>(files: Record<string, string | Buffer>, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-oracle-'))
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}
