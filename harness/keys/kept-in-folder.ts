import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Credential, generateCredential, readCredential } from '#saml/credentials'
import { fileError, fileFailure, type NamedFile, readNamedFile } from '#server/named-file'
import { makeFolder } from './make-folder.ts'

export interface KeptCredential {
  folder: string
  /** The setting that names the folder. */
  setting?: string
  /** The files are `<name>.key`, which only its owner can read, and `<name>.crt`. */
  name: string
  commonName: string
  now: number
}

/**
 * The credential kept in a folder; a new one is made and kept when there is none, so that peers need not be told of a new certificate.
 *
 * @throws ConfigError naming the file that is missing, cannot be read or written, or does not fit
 */
export async function keptCredential(kept: KeptCredential): Promise<Credential> {
  const key = keptFile(kept, 'key', `the private key of ${kept.name}.crt in PEM`)
  const certificate = keptFile(kept, 'crt', `the certificate of ${kept.name}.key in PEM`)
  if (existsSync(key.path) || existsSync(certificate.path)) return readKept(key, certificate)
  const folder: NamedFile = { path: kept.folder, setting: kept.setting, expected: 'a folder to keep keys in' }
  keepIn(folder, () => makeFolder(folder.path))
  const credential = await generateCredential(kept.commonName, kept.now)
  keepIn(folder, () => {
    writeFileSync(key.path, credential.privateKeyPem, { mode: 0o600, flag: 'wx' })
    writeFileSync(certificate.path, credential.certificatePem, { flag: 'wx' })
  })
  return credential
}

function keptFile({ folder, setting, name }: KeptCredential, extension: string, expected: string): NamedFile {
  return { path: join(folder, `${name}.${extension}`), setting, expected }
}

function readKept(key: NamedFile, certificate: NamedFile): Credential {
  const privateKeyPem = readNamedFile(key)
  const certificatePem = readNamedFile(certificate)
  try {
    return readCredential({ privateKeyPem, certificatePem })
  } catch (cause) {
    throw fileError(`cannot use ${key.path} with ${certificate.path}: ${(cause as Error).message}`, key, cause)
  }
}

function keepIn(folder: NamedFile, write: () => void): void {
  try {
    write()
  } catch (cause) {
    const { code, path = folder.path } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'nothing can be made there' : fileFailure(cause)
    throw fileError(`cannot make ${path}: ${reason}, expected ${folder.expected}`, folder, cause)
  }
}
