import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import forge from 'node-forge'

const run = promisify(execFile)

/** Runs openssl in a folder with these files, and answers the file that it was to make. */
export async function openssl(args: readonly string[], files: Record<string, string>, made: string): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'sloop-keystore-'))
  try {
    await Promise.all(Object.entries(files).map(([name, content]) => writeFile(join(folder, name), content)))
    await run('openssl', args, { cwd: folder })
    return await readFile(join(folder, made))
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** A PKCS#12 file with one key, as openssl makes it. */
export function makeKeystore(
  pem: { readonly privateKeyPem: string; readonly certificatePem: string },
  { password = 'secret', more = [] }: { password?: string; more?: readonly string[] } = {},
): Promise<Buffer> {
  const files = { 'a.key': pem.privateKeyPem, 'a.crt': pem.certificatePem }
  const output = ['-out', 'a.p12', '-passout', `pass:${password}`]
  return openssl(['pkcs12', '-export', '-inkey', 'a.key', '-in', 'a.crt', ...more, ...output], files, 'a.p12')
}

/** One PKCS#12 file with all that is in several, which openssl cannot make. They must have no MAC. */
export function joinKeystores(...keystores: readonly Buffer[]): Buffer {
  const [first, ...others] = keystores.map((octets) => forge.asn1.fromDer(octets.toString('binary')))
  if (first === undefined) throw new TypeError('there is nothing to join')
  const contents = [first, ...others].flatMap((store) => childrenOf(forge.asn1.fromDer(String(safeIn(store).value))))
  const { SEQUENCE } = forge.asn1.Type
  const joined = forge.asn1.create(forge.asn1.Class.UNIVERSAL, SEQUENCE, true, contents)
  safeIn(first).value = forge.asn1.toDer(joined).getBytes()
  return Buffer.from(forge.asn1.toDer(first).getBytes(), 'binary')
}

/** PFX, its authSafe, the explicit tag, the octets (RFC 7292 §4). */
function safeIn(store: forge.asn1.Asn1): forge.asn1.Asn1 {
  const [, authSafe] = childrenOf(store)
  const [, tagged] = authSafe === undefined ? [] : childrenOf(authSafe)
  const [octets] = tagged === undefined ? [] : childrenOf(tagged)
  if (octets === undefined) throw new TypeError('this is no PKCS#12')
  return octets
}

const childrenOf = ({ value }: forge.asn1.Asn1): forge.asn1.Asn1[] => (typeof value === 'string' ? [] : value)
