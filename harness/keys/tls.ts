import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { type Credential, generateCredential, readCredential } from '#saml/credentials'
import { systemClock } from '#server/clock'
import { ConfigError } from '#server/config-error'
import type { HttpGetOptions } from '#server/http-get'
import { readNamedFile } from '#server/named-file'
import type { TlsIdentity } from '#server/serve'
import type { Keys, KeysPlace } from './keys.ts'
import { authoritiesBeside } from './trusted-authorities.ts'

/** How a process speaks TLS: by an authority of its own, or with a certificate of the caller's. */
export type TlsChoice = 'own authority' | { readonly certificate: string; readonly privateKey: string }

/** What our sockets are known by, and whom our parties trust. */
export interface Tls {
  readonly identity: TlsIdentity
  readonly trust: NonNullable<HttpGetOptions['tls']>
  /** The file by which others may trust us; undefined for a certificate of the caller's. */
  readonly authorityFile?: string
  /** Removes what was written only for this process. */
  readonly close: () => void
}

interface Place extends Pick<KeysPlace, 'keysFolder' | 'keysCache'> {
  /** Authorities in PEM that are trusted beside those of Node. */
  readonly extraAuthorities?: string | undefined
  readonly keys: Keys
  /** Names and addresses at which our sockets are reached. */
  readonly hosts: readonly string[]
}

/** @throws ConfigError when the certificate cannot be read, does not fit its key, or is refused by OpenSSL */
export async function openTls(choice: TlsChoice, place: Place): Promise<Tls> {
  if (choice !== 'own authority') return givenCertificate(choice, place)
  const authority = await place.keys('ca')
  const issued = await generateCredential('sloop', systemClock.now(), { use: place.hosts, issuer: authority })
  const { path, close } = authorityFile(authority, place)
  return { ...known(issued, authority, place), authorityFile: path, close }
}

function givenCertificate({ certificate, privateKey }: Exclude<TlsChoice, string>, place: Place): Tls {
  const certificatePem = read('tlsCertificate', certificate, 'a certificate in PEM')
  const privateKeyPem = read('tlsPrivateKey', privateKey, 'its private key in PEM')
  try {
    const credential = readCredential({ certificatePem, privateKeyPem })
    // Else the first socket that opens would find out.
    createSecureContext({ cert: certificatePem, key: privateKeyPem })
    return { ...known(credential, credential, place), close: () => undefined }
  } catch (cause) {
    throw new ConfigError(`tlsCertificate: cannot use ${certificate} with ${privateKey}: ${(cause as Error).message}`, {
      cause,
    })
  }
}

const read = (setting: string, path: string, expected: string): string => readNamedFile({ path, setting, expected })

function known(
  credential: Credential,
  { certificatePem }: Credential,
  { extraAuthorities }: Place,
): Pick<Tls, 'identity' | 'trust'> {
  return {
    identity: { key: credential.privateKeyPem, cert: credential.certificatePem },
    trust: { ca: authoritiesBeside(certificatePem, extraAuthorities), allowPartialTrustChain: true },
  }
}

/** Beside the key of the authority, whose file nobody else may read; in a folder of this process where that is kept nowhere. */
function authorityFile({ certificatePem }: Credential, { keysFolder, keysCache }: Place) {
  const kept = keysFolder ?? keysCache
  if (kept !== undefined) {
    const path = join(kept, 'ca.crt')
    try {
      writeFileSync(path, certificatePem)
      return { path, close: () => undefined }
    } catch {
      // The keys have said already that nothing can be kept there.
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'sloop-ca-'))
  const path = join(folder, 'ca.crt')
  writeFileSync(path, certificatePem)
  return { path, close: () => rmSync(folder, { recursive: true, force: true }) }
}
