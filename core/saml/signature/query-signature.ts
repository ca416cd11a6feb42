import { type KeyObject, verify } from 'node:crypto'
import { ownSignatureAlgorithm, type SignatureAlgorithm } from '../algorithms.ts'
import type { Credential } from '../credentials.ts'
import { SamlError } from '../errors.ts'
import { acceptSignatureAlgorithm, type SignaturePolicy } from './policy.ts'
import { signInTurn } from './sign-in-turn.ts'
import { mayVerify, type TrustedKey } from './trusted-key.ts'

/** The signature of a redirect, over octets that are never rebuilt from decoded values (saml-bindings-2.0 §3.4.4.1). */
export interface QuerySignature {
  /** The value of `SigAlg`. */
  readonly algorithm: string
  readonly value: Uint8Array
  /** What was signed, as it was received. */
  readonly octets: Uint8Array
}

/** How an ECDSA signature is written: DER in a query, as the JDK does it (spec §3.4); the two numbers side by side in XML (xmldsig-core1 §6.4.3). */
export type EcdsaForm = 'der' | 'ieee-p1363'

/** Signs the UTF-8 octets of a text; the answer is the base64 of the signature. The algorithm is `signingAlgorithm`. */
export async function signOctets(text: string, credential: Credential, form: EcdsaForm = 'der'): Promise<string> {
  const { privateKey, signsWith } = credential
  const { digest } = signsWith?.is ?? algorithmOf(privateKey)
  const signature = await signInTurn(digest, Buffer.from(text), { key: privateKey, dsaEncoding: form })
  return signature.toString('base64')
}

/** The URI of the algorithm with which this credential signs, as it says. */
export function signingAlgorithm({ privateKey, signsWith }: Credential): string {
  return signsWith?.says ?? algorithmOf(privateKey).uri
}

function algorithmOf(privateKey: KeyObject): SignatureAlgorithm {
  const algorithm = ownSignatureAlgorithm(privateKey)
  if (algorithm === undefined) throw new TypeError(`a key of type ${privateKey.asymmetricKeyType} cannot sign`)
  return algorithm
}

/**
 * Guarantees that one of the keys made this signature over exactly these octets. ECDSA signatures are DER, as the JDK writes them (spec §3.4).
 * @throws SamlError SAML_ALGORITHM for an algorithm that is unknown or refused by the policy; SAML_SIGNATURE when no key verifies it.
 */
export function verifyQuerySignature(
  signature: QuerySignature,
  trustedKeys: readonly TrustedKey[],
  policy: SignaturePolicy,
): void {
  const algorithm = acceptSignatureAlgorithm(signature.algorithm, policy)
  const candidates = trustedKeys.filter((trusted) => mayVerify(trusted, algorithm, policy))
  const verified = candidates.some(({ key }) => verify(algorithm.digest, signature.octets, key, signature.value))
  if (verified) return
  throw new SamlError(
    'SAML_SIGNATURE',
    `the signature does not verify with any of ${trustedKeys.length} trusted keys`,
    {
      algorithm: signature.algorithm,
      trustedKeys: trustedKeys.length,
      fittingKeys: candidates.length,
    },
  )
}
