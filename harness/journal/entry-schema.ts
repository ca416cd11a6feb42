import { z } from 'zod'

export const whats = [
  'AuthnRequest',
  'Response',
  'LogoutRequest',
  'LogoutResponse',
  'call',
  'sessionEnded',
  'tokensEnded',
  'fault',
  'reset',
] as const

export const directions = ['sent', 'received'] as const
export const bindings = ['redirect', 'post', 'soap'] as const
const tokenKinds = ['access', 'refresh'] as const
export const signatureStates = ['valid', 'invalid', 'none', 'notChecked'] as const

/** An entry of the journal as outsiders see it (`spec/contract.md` §2.7): every field is there, null where there is nothing. */
export const entrySchema = z
  .object({
    seq: z.number(),
    at: z.string(),
    party: z.string(),
    clock: z.string(),
    what: z.enum(whats),
    direction: z.enum(directions).nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    binding: z.enum(bindings).nullable(),
    id: z.string().nullable(),
    inResponseTo: z.string().nullable(),
    user: z.string().nullable(),
    nameId: z.string().nullable(),
    sessionIndexes: z.array(z.string()),
    status: z.array(z.string()),
    wire: z.object({ method: z.string(), url: z.string(), body: z.string().nullable() }).nullable(),
    document: z.string().nullable(),
    signature: z.object({ state: z.enum(signatureStates), algorithm: z.string().nullable() }).nullable(),
    accepted: z.boolean().nullable(),
    refusal: z.object({ code: z.string(), message: z.string(), expected: z.unknown(), actual: z.unknown() }).nullable(),
    minted: z.boolean(),
    faults: z.array(z.string()),
    notMade: z.array(z.object({ fault: z.string(), key: z.string(), why: z.string() })),
    httpStatus: z.number().nullable(),
    endedBy: z.string().nullable(),
    count: z.number().nullable(),
    tokens: z.array(z.enum(tokenKinds)),
  })
  .meta({ title: 'JournalEntry' })

export type JournalEntry = z.output<typeof entrySchema>
