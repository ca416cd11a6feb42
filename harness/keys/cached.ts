import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Credential, readCredential } from '#saml/credentials'
import { fileFailure } from '#server/named-file'
import { makeFolder } from './make-folder.ts'
import { pooledCredential } from './pooled.ts'
import { putIfAbsent } from './put-if-absent.ts'
import { makeCredential, type WantedCredential } from './wanted.ts'

export interface CachedCredential extends WantedCredential {
  /** The file in it is `<name>.pem`, key and certificate in one, which only its owner can read. */
  readonly folder: string
  /** Told why when the cache cannot be used. */
  readonly onNotKept: (failure: string) => void
}

/** A certificate that ends sooner is made anew, so that none expires while a process runs. */
const shortestValidityMs = 30 * 24 * 3_600_000

/**
 * The credential kept in the cache; one that is missing, damaged or about to expire is made and kept. Of several processes that make it at once all use the
 * one that was kept first. Where the cache cannot be used, the credential is that of this process.
 */
export async function cachedCredential(wanted: CachedCredential): Promise<Credential> {
  try {
    return readCached(wanted) ?? keep(await makeCredential(wanted), wanted)
  } catch (cause) {
    wanted.onNotKept(fileFailure(cause))
    return pooledCredential(wanted)
  }
}

const fileOf = ({ folder, name }: CachedCredential): string => join(folder, `${name}.pem`)

/** Undefined when there is none that can still be used. */
function readCached(wanted: CachedCredential): Credential | undefined {
  const pem = readIfThere(fileOf(wanted))
  if (pem === undefined) return undefined
  try {
    const [privateKeyPem = '', certificate = ''] = pem.split(/(?=-----BEGIN CERTIFICATE-----)/)
    const credential = readCredential({ privateKeyPem, certificatePem: certificate })
    return Date.parse(credential.certificate.validTo) - wanted.now > shortestValidityMs ? credential : undefined
  } catch {
    return undefined
  }
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Where another process was quicker, its credential counts; one that cannot be used makes room. */
function keep(made: Credential, wanted: CachedCredential): Credential {
  const path = fileOf(wanted)
  const text = `${made.privateKeyPem.trimEnd()}\n${made.certificatePem}`
  makeFolder(wanted.folder, 0o700)
  if (!putIfAbsent(path, text, 0o600) && readCached(wanted) === undefined) {
    rmSync(path)
    putIfAbsent(path, text, 0o600)
  }
  return readCached(wanted) ?? made
}
