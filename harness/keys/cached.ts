import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Credential, generateCredential, readCredential } from '#saml/credentials'
import { newId } from '#server/ids'
import { fileFailure } from '#server/named-file'
import { makeFolder } from './make-folder.ts'
import { pooledCredential } from './pooled.ts'

export interface CachedCredential {
  readonly folder: string
  /** The file is `<name>.pem`, key and certificate in one, which only its owner can read. */
  readonly name: string
  readonly commonName: string
  /** Epoch milliseconds. */
  readonly now: number
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
    return readCached(wanted) ?? keep(await generateCredential(wanted.commonName, wanted.now), wanted)
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
    const credential = readCredential({ privateKeyPem: pem, certificatePem: pem })
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

/** Written beside and put in place in one step: nobody ever reads half a key. */
function keep(made: Credential, wanted: CachedCredential): Credential {
  const path = fileOf(wanted)
  const beside = `${path}.${newId()}`
  makeFolder(wanted.folder, 0o700)
  try {
    writeFileSync(beside, `${made.privateKeyPem.trimEnd()}\n${made.certificatePem}`, { mode: 0o600, flag: 'wx' })
    if (!putIfAbsent(beside, path) && readCached(wanted) === undefined) renameSync(beside, path)
  } finally {
    rmSync(beside, { force: true })
  }
  return readCached(wanted) ?? made
}

/** Whether it was put there; false when another was. */
function putIfAbsent(beside: string, path: string): boolean {
  try {
    linkSync(beside, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}
