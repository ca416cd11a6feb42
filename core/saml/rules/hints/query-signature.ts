import { findSignatureAlgorithm } from '../../algorithms.ts'
import { lenientPolicy, type SignaturePolicy } from '../../signature/policy.ts'
import { byNobodyKnown, ofAnotherLength, whyNotGoodEnough } from './good-enough.ts'
import { type QueryParts, takeApart } from './query-parts.ts'
import { textsOf } from './query-texts.ts'
import { signatureValuesOf } from './signature-values.ts'
import { signerWays } from './signer-ways.ts'
import { type KnownKeys, type Signer, signersOf } from './signers.ts'
import { sentence, type Variant } from './way.ts'

interface RefusedQuery extends KnownKeys {
  /** The query as it came, without the `?`. */
  readonly rawQuery: string
  /** Of the receiver; whoever has none accepts whatever verifies. */
  readonly policy?: SignaturePolicy | undefined
}

/** Longer than any server takes the head of a request to be. */
const LONGEST_QUERY = 16 * 1024
/** With elliptic keys each costs as much as the judgement itself. */
const MOST_VERIFICATIONS = 200

/**
 * What would have made the signature of a redirect verify, for a query whose signature was refused: other escapes, another order, RelayState in or out, `+`
 * for a blank, another algorithm, another known key. Else what is certain of it: who made it, over something else. Undefined when nothing that was tried
 * says anything, when there is no Signature, or when the query is longer than 16 KiB. What it costs is bounded: some milliseconds.
 */
export function hintForQuerySignature({
  rawQuery,
  policy = lenientPolicy,
  ...known
}: RefusedQuery): string | undefined {
  const parts = rawQuery.length > LONGEST_QUERY ? undefined : takeApart(rawQuery)
  if (parts === undefined) return undefined
  const says = findSignatureAlgorithm(parts.sigAlg?.value ?? '')
  const values = signatureValuesOf(parts.signature.value).map(({ it, ways }) => {
    return { ways, length: it.byteLength, signers: signersOf({ value: it, says: says?.digest, form: 'der' }, known) }
  })
  for (const { signers, ways } of values) {
    const found = findWays(parts, signers)
    if (found === undefined) continue
    const all = [...found.text.ways, ...ways, ...signerWays(found.signer, parts.sigAlg?.value)]
    return all.length > 0 ? sentence('it verifies', all) : whyNotGoodEnough(found.signer, policy)
  }
  const certain = values.flatMap(({ signers }) => signers).find(({ isCertain }) => isCertain)
  if (certain !== undefined) return overSomethingElse(certain)
  const lengths = values.map(({ length }) => length)
  // Of an algorithm that is not known nobody can tell whose it is.
  return ofAnotherLength(lengths, known) ?? (says === undefined ? undefined : byNobodyKnown(lengths, known))
}

function findWays(parts: QueryParts, signers: readonly Signer[]): { text: Variant; signer: Signer } | undefined {
  const most = signers.some(({ isCertain }) => isCertain) ? Number.POSITIVE_INFINITY : MOST_VERIFICATIONS
  let verifications = 0
  for (const text of signers.length === 0 ? [] : textsOf(parts)) {
    const octets = Buffer.from(text.it)
    const signer = signers.find(({ hasSigned }) => verifications++ < most && hasSigned(octets))
    if (signer !== undefined) return { text, signer }
    if (verifications >= most) return undefined
  }
  return undefined
}

function overSomethingElse({ label }: Signer): string {
  if (label !== undefined)
    return `the signature was made with ${label}, which is not trusted here, and over something else`
  return 'a trusted key made the signature, over something else: the query was changed after that, in none of the ways that were tried'
}
