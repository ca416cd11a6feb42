import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Credential, generateCredential, readCredential } from '#saml/credentials'
import { ConfigError } from '#server/config-error'

export interface KeptCredential {
  folder: string
  /** The files are `<name>.key`, which only its owner can read, and `<name>.crt`. */
  name: string
  commonName: string
  now: number
}

/**
 * The credential kept in a folder; a new one is made and kept when there is none, so that peers need not be told of a new certificate.
 *
 * @throws ConfigError naming the file that is missing, cannot be read or does not fit
 */
export async function keptCredential({ folder, name, commonName, now }: KeptCredential): Promise<Credential> {
  const keyFile = join(folder, `${name}.key`)
  const certificateFile = join(folder, `${name}.crt`)
  if (existsSync(keyFile) || existsSync(certificateFile)) return readKept(keyFile, certificateFile)
  const credential = await generateCredential(commonName, now)
  keep(folder, () => {
    mkdirSync(folder, { recursive: true })
    writeFileSync(keyFile, credential.privateKeyPem, { mode: 0o600, flag: 'wx' })
    writeFileSync(certificateFile, credential.certificatePem, { flag: 'wx' })
  })
  return credential
}

function readKept(keyFile: string, certificateFile: string): Credential {
  const privateKeyPem = readText(keyFile)
  const certificatePem = readText(certificateFile)
  try {
    return readCredential({ privateKeyPem, certificatePem })
  } catch (cause) {
    throw new ConfigError(`cannot use ${keyFile} with ${certificateFile}: ${(cause as Error).message}`, { cause })
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new ConfigError(`cannot read the key file ${path}: ${reason(cause)}`, { cause })
  }
}

function keep(folder: string, write: () => void): void {
  try {
    write()
  } catch (cause) {
    throw new ConfigError(`cannot keep keys in ${folder}: ${reason(cause)}`, { cause })
  }
}

function reason(cause: unknown): string {
  const { code, message } = cause as NodeJS.ErrnoException
  switch (code) {
    case 'ENOENT':
      return 'there is no such file'
    case 'EACCES':
      return 'permission denied'
    case 'EISDIR':
      return 'it is a folder'
    case 'ENOTDIR':
      return 'it is not a folder'
    default:
      return message
  }
}
