import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Credential, readCredential } from '#saml/credentials'
import { fileError, fileFailure, type NamedFile, readNamedFile } from '#server/named-file'
import { makeFolder } from './make-folder.ts'
import { putIfAbsent } from './put-if-absent.ts'
import { makeCredential, type WantedCredential } from './wanted.ts'

export interface KeptCredential extends WantedCredential {
  /** The files in it are `<name>.key`, which only its owner can read, and `<name>.crt`. */
  readonly folder: string
  /** The setting that names the folder. */
  readonly setting?: string
}

/**
 * The credential kept in a folder; a new one is made and kept when there is none, so that peers need not be told of a new certificate.
 *
 * @throws ConfigError naming the file that is missing, cannot be read or written, or does not fit
 */
export async function keptCredential(kept: KeptCredential): Promise<Credential> {
  const key = keptFile(kept, 'key', `the private key of ${kept.name}.crt in PEM`)
  const certificate = keptFile(kept, 'crt', `the certificate of ${kept.name}.key in PEM`)
  if (await areThere(key, certificate)) return readKept(key, certificate)
  const folder: NamedFile = { path: kept.folder, setting: kept.setting, expected: 'a folder to keep keys in' }
  keepIn(folder, () => makeFolder(folder.path))
  const credential = await makeCredential(kept)
  // The certificate first: whoever finds the key finds what belongs to it.
  const isOurs = keepIn(folder, () => putIfAbsent(certificate.path, credential.certificatePem, 0o644))
  if (!isOurs && (await areThere(key, certificate))) return readKept(key, certificate)
  keepIn(folder, () => putIfAbsent(key.path, credential.privateKeyPem, 0o600))
  return credential
}

/** Whether there is something to read. Where there is one of the two, somebody may be about to put the other. */
async function areThere(key: NamedFile, certificate: NamedFile): Promise<boolean> {
  const count = () => [key, certificate].filter(({ path }) => existsSync(path)).length
  for (let attempts = 0; count() === 1 && attempts < 10; attempts += 1) await pause(20)
  return count() > 0
}

function keptFile({ folder, setting, name }: KeptCredential, extension: string, expected: string): NamedFile {
  return { path: join(folder, `${name}.${extension}`), setting, expected }
}

function readKept(key: NamedFile, certificate: NamedFile): Credential {
  const privateKeyPem = readNamedFile(key)
  const certificatePem = readNamedFile(certificate)
  const known = lastRead.get(key.path)
  if (known?.privateKeyPem === privateKeyPem && known.certificatePem === certificatePem) return known
  try {
    const credential = readCredential({ privateKeyPem, certificatePem })
    lastRead.set(key.path, credential)
    return credential
  } catch (cause) {
    throw fileError(`cannot use ${key.path} with ${certificate.path}: ${(cause as Error).message}`, key, cause)
  }
}

/** By the file of the key: the worlds of one process share a folder, and to parse what stands there takes longer than all else at the start of one. */
const lastRead = new Map<string, Credential>()

function keepIn<T>(folder: NamedFile, write: () => T): T {
  try {
    return write()
  } catch (cause) {
    const { code, path = folder.path } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'nothing can be made there' : fileFailure(cause)
    throw fileError(`cannot make ${path}: ${reason}, expected ${folder.expected}`, folder, cause)
  }
}
