import { constants, createHash, type KeyObject, publicDecrypt, verify } from 'node:crypto'
import type { SignatureAlgorithm } from '../../algorithms.ts'
import type { EcdsaForm } from '../../signature/query-signature.ts'
import type { KnownKey } from './known-key.ts'

type Digest = SignatureAlgorithm['digest']

/** A key that made a signature, or may have made it. */
export interface Signer {
  readonly key: KeyObject
  /** Undefined for a key that is trusted. */
  readonly label?: string | undefined
  /** Such as `rsa-sha256`. */
  readonly algorithm: string
  /** Whether it is certain that this key made the signature, whatever was signed. */
  readonly isCertain: boolean
  readonly hasSigned: (octets: Uint8Array) => boolean
}

export interface KnownKeys {
  readonly keys: readonly { readonly key: KeyObject }[]
  readonly otherKeys?: readonly KnownKey[] | undefined
}

interface Signature {
  readonly value: Uint8Array
  /** The digest that the message says. */
  readonly says: Digest | undefined
  readonly form: EcdsaForm
}

const digests: readonly Digest[] = ['sha256', 'sha1', 'sha384', 'sha512']

/**
 * Who can have made a signature, the trusted keys first. An RSA signature is opened, which tells who made it, with what digest, and the digest itself: then
 * any number of texts can be tried for the price of their digests. An elliptic one cannot be opened, and every text is verified with every key.
 */
export function signersOf(signature: Signature, { keys, otherKeys = [] }: KnownKeys): readonly Signer[] {
  const known = [...keys.map(({ key }) => ({ key, label: undefined })), ...otherKeys]
  const opened = known.flatMap(({ key, label }) => {
    const signer = key.asymmetricKeyType === 'rsa' ? openRsa(signature.value, key) : undefined
    return signer === undefined ? [] : [{ ...signer, label }]
  })
  if (opened.length > 0) return opened.slice(0, 1)
  const elliptic = known.filter(({ key }) => key.asymmetricKeyType === 'ec')
  return byLikelihood(signature.says).flatMap((digest) =>
    elliptic.map(({ key, label }) => ({ ...ellipticSigner(signature, key, digest), label })),
  )
}

const byLikelihood = (says: Digest | undefined): readonly Digest[] =>
  says === undefined ? digests : [says, ...digests.filter((digest) => digest !== says)]

/** What stands before the digest in an RSA signature: DigestInfo in DER (RFC 8017 §9.2). */
const prefixes: Readonly<Record<Digest, string>> = {
  sha1: '3021300906052b0e03021a05000414',
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

function openRsa(value: Uint8Array, key: KeyObject): Omit<Signer, 'label'> | undefined {
  const opened = publicDecryptOrNothing(value, key)?.toString('hex') ?? ''
  const digest = digests.find((name) => opened.startsWith(prefixes[name]))
  if (digest === undefined) return undefined
  const signed = opened.slice(prefixes[digest].length)
  const hasSigned = (octets: Uint8Array) => createHash(digest).update(octets).digest('hex') === signed
  return { key, algorithm: `rsa-${digest}`, isCertain: true, hasSigned }
}

function publicDecryptOrNothing(value: Uint8Array, key: KeyObject): Buffer | undefined {
  try {
    return publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, value)
  } catch {
    return undefined
  }
}

function ellipticSigner({ value, form }: Signature, key: KeyObject, digest: Digest): Omit<Signer, 'label'> {
  const hasSigned = (octets: Uint8Array) => verify(digest, octets, { key, dsaEncoding: form }, value)
  return { key, algorithm: `ecdsa-${digest}`, isCertain: false, hasSigned }
}
