import { z } from 'zod'
import { whyNoLine } from '../../idp/index.ts'
import { endings } from '../../sp-emulator/index.ts'

const longest = 4_096

/** What a message can carry in one line. */
const line = z
  .string()
  .min(1)
  .superRefine((value, context) => {
    const tooLong = value.length > longest ? `it has more than ${longest} characters` : undefined
    const reason = tooLong ?? whyNoLine(value)
    if (reason !== undefined) context.addIssue({ code: 'custom', message: reason })
  })
const maybe = line.nullish()

/** What `issueTokens` takes: a login that is said instead of made. What is null or left out is absent in it (`spec/contract.md` §2.2). */
export const tokensWantedSchema = z.strictObject({
  realm: line.describe('The name of a realm of the node.'),
  username: line,
  nameId: z
    .strictObject({ value: line, format: maybe, nameQualifier: maybe, spNameQualifier: maybe, spProvidedId: maybe })
    .nullish(),
  sessionIndex: maybe,
})

/** What `issueTokens` answers. */
export const tokensGivenSchema = z.object({ id: z.string(), accessToken: z.string(), refreshToken: z.string() })

const described = z.object({
  id: z.string(),
  realm: z.string(),
  username: z.string(),
  nameId: z
    .object({
      value: z.string(),
      format: z.string().nullable(),
      nameQualifier: z.string().nullable(),
      spNameQualifier: z.string().nullable(),
      spProvidedId: z.string().optional(),
    })
    .nullable()
    .describe('Null of tokens that no SAML login was given, or one without a NameID.'),
  sessionIndex: z.string().nullable(),
  issuedAt: z.iso.datetime(),
  access: z.enum(['alive', 'expired', 'invalidated']),
  refresh: z.enum(['alive', 'used', 'invalidated', 'expired']).nullable().describe('Null where there is none.'),
  endedBy: z.enum(endings).nullable().describe('What last took something of the pair away; time takes nothing.'),
})

/** What `listTokens` answers: every pair that the node still knows, oldest first, without its secrets. */
export const tokensListSchema = z.object({ tokens: z.array(described) })
