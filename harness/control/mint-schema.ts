import { z } from 'zod'
import {
  mintedKinds,
  statusNames,
  ways,
  whyNoId,
  whyNoLine,
  whyNoReference,
  whyNoText,
  whyNoUri,
} from '../../idp/index.ts'
import { change } from './change-schema.ts'

/** Characters of what stands in a message; SAML says of a persistent NameID that it has at most 256 (saml-core-2.0 §8.3.7). */
const longestText = 4096
/** As much as our own parties carry back. */
const longestRelayState = 8 * 1024
const mostIndexes = 100
const mostCodes = 8

const text = checked(whyNoText)
const uri = checked(whyNoUri)

const nameId = z.strictObject({
  value: text,
  format: checked(whyNoReference).nullish(),
  nameQualifier: text.nullish(),
  spNameQualifier: text.nullish(),
  spProvidedId: text.nullish(),
})

const sessionIndex = z
  .union([z.string(), z.array(z.string()).max(mostIndexes), z.null()], {
    error: `expected a text, a list of at most ${mostIndexes} texts, or null`,
  })
  .superRefine((said, context) => {
    for (const [index, value] of (Array.isArray(said) ? said : [said ?? undefined]).entries()) {
      const message = value === undefined ? undefined : whyUnfit(value, whyNoText)
      if (message !== undefined) {
        context.addIssue({ code: 'custom', path: Array.isArray(said) ? [index] : [], message })
      }
    }
  })

/** What `mint` is told (`spec/contract.md` §2.3). Null is absent, but for `sessionIndex`, where it is none. */
export const mintRequest = z.strictObject({
  kind: z.enum(mintedKinds),
  to: uri.describe('the entity id of the service provider'),
  session: checked(whyNoLine).nullish().describe('fills in NameID and SessionIndex of its newest login there'),
  nameId: nameId.nullish().describe('in place of session: written as said'),
  sessionIndex: sessionIndex.optional().describe('written as said; null is none'),
  inResponseTo: checked(whyNoId).nullish().describe('the ID of the request'),
  status: z
    .array(checked(whyNoLine))
    .min(1, `expected at least one status code`)
    .max(mostCodes, `expected at most ${mostCodes} status codes`)
    .optional()
    .describe(`the second code stands below the first; ${statusNames.join(', ')}, or a URI`),
  binding: z.enum(ways).optional().describe('redirect unless the service provider has none; a Response goes by post'),
  relayState: z
    .string()
    .superRefine((value, context) => {
      const message = whyNoRelayState(value)
      if (message !== undefined) context.addIssue({ code: 'custom', message })
    })
    .nullish(),
  at: checked(whyNoLine).optional().describe('the moment at which it claims to be written: an xs:dateTime'),
  change: change.optional().describe('what is wrong about it on purpose'),
})

const minted = { id: z.string(), kind: z.enum(mintedKinds), document: z.string(), logout: z.string().optional() }

/** What `mint` answers. */
export const mintAnswer = z.discriminatedUnion('binding', [
  z.object({ ...minted, binding: z.literal('redirect'), url: z.string(), queryString: z.string() }),
  z.object({
    ...minted,
    binding: z.literal('post'),
    form: z.object({ action: z.string(), fields: z.record(z.string(), z.string()) }),
  }),
  z.object({ ...minted, binding: z.literal('soap'), endpoint: z.string().nullable(), envelope: z.string() }),
])

type WhyNot = (value: string) => string | undefined

function checked(whyNot: WhyNot) {
  return z.string().superRefine((value, context) => {
    const message = whyUnfit(value, whyNot)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })
}

function whyUnfit(value: string, whyNot: WhyNot): string | undefined {
  if (value === '') return 'expected a text that is not empty, found an empty text'
  if (value.length <= longestText) return whyNot(value)
  return `expected a text of at most ${longestText} characters, found one of ${value.length}`
}

// With the u flag a surrogate matches only when it stands alone; it has no UTF-8.
const noUtf8 = /[\uD800-\uDFFF]/u

function whyNoRelayState(value: string): string | undefined {
  if (noUtf8.test(value)) return 'it holds half of a surrogate pair, which cannot be written in UTF-8'
  const octets = Buffer.byteLength(value)
  if (octets <= longestRelayState) return undefined
  return `expected a text of at most ${longestRelayState} octets, found one of ${octets}`
}
