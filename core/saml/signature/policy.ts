import {
  type DigestAlgorithm,
  findDigestAlgorithm,
  findSignatureAlgorithm,
  type SignatureAlgorithm,
} from '../algorithms.ts'
import { SamlError } from '../errors.ts'

/** Which signatures are good enough. Everything else about a signature is not negotiable. */
export interface SignaturePolicy {
  readonly acceptsWeakDigests: boolean
  readonly minimumRsaBits: number
  /** Whether a Reference to the whole document (`URI=""`) may stand for the reference to the root's ID. */
  readonly acceptsEmptyReference: boolean
}

/** What a careful party asks for: no SHA-1, RSA of 2048 bits or more (Kantara SDP-MD06). */
export const strictPolicy: SignaturePolicy = {
  acceptsWeakDigests: false,
  minimumRsaBits: 2048,
  acceptsEmptyReference: false,
}

/** What Elasticsearch asks for: nothing (spec §3.4; the example in its documentation is signed with 1024 bits). */
export const lenientPolicy: SignaturePolicy = {
  acceptsWeakDigests: true,
  minimumRsaBits: 512,
  acceptsEmptyReference: true,
}

/** @throws SamlError SAML_ALGORITHM unless this is exactly the URI of a known algorithm that the policy accepts. */
export function acceptSignatureAlgorithm(uri: string, policy: SignaturePolicy): SignatureAlgorithm {
  return accept('signature', uri, findSignatureAlgorithm(uri), policy)
}

/** @throws SamlError SAML_ALGORITHM unless this is exactly the URI of a known algorithm that the policy accepts. */
export function acceptDigestAlgorithm(uri: string, policy: SignaturePolicy): DigestAlgorithm {
  return accept('digest', uri, findDigestAlgorithm(uri), policy)
}

function accept<A extends { weak: boolean }>(
  kind: string,
  uri: string,
  algorithm: A | undefined,
  policy: SignaturePolicy,
): A {
  if (algorithm === undefined) {
    throw new SamlError('SAML_ALGORITHM', `the ${kind} algorithm [${uri.slice(0, 128)}] is not supported`)
  }
  if (algorithm.weak && !policy.acceptsWeakDigests) {
    throw new SamlError('SAML_ALGORITHM', `the ${kind} algorithm [${uri}] is too weak to be believed`)
  }
  return algorithm
}
