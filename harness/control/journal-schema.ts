import { z } from 'zod'
import { bindings, directions, signatureStates, whats } from '../journal/entry-schema.ts'

export const mostEntries = 10_000
const usualEntries = 100
const longestWaitMs = 600_000
const usualWaitMs = 5_000

const seq = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER)
const text = z.string().nullable().optional()
const texts = z.union([z.string(), z.array(z.string()), z.null()]).optional()
const number = z.number().nullable().optional()

const fields = {
  seq: z.number().optional(),
  at: z.string().optional(),
  party: z.string().optional(),
  clock: z.string().optional(),
  what: z.enum(whats).optional(),
  direction: z.enum(directions).nullable().optional(),
  from: text,
  to: text,
  binding: z.enum(bindings).nullable().optional(),
  id: text,
  inResponseTo: text,
  user: text,
  nameId: text,
  sessionIndexes: texts,
  status: texts,
  wire: z.strictObject({ method: z.string().optional(), url: z.string().optional(), body: text }).nullable().optional(),
  document: text,
  signature: z
    .strictObject({ state: z.enum(signatureStates).optional(), algorithm: text })
    .nullable()
    .optional(),
  accepted: z.boolean().nullable().optional(),
  refusal: z
    .strictObject({
      code: z.string().optional(),
      message: z.string().optional(),
      expected: z.unknown().optional(),
      actual: z.unknown().optional(),
    })
    .nullable()
    .optional(),
  minted: z.boolean().optional(),
  faults: texts,
  httpStatus: number,
  endedBy: text,
  count: number,
  tokens: texts,
}

/** What is looked for: each named field of an entry as it must be, null where there must be none. */
const matchSchema = z
  .strictObject(fields)
  .refine((given) => Object.keys(given).length > 0, 'expected at least one field, found none')
  .meta({ title: 'Match' })

/** A query, which has only texts, leaves empty what it does not say. */
const unlessEmpty = <Value>(given: Value | '') => (given === '' ? undefined : given)
const inQuery = {
  text: z.string().transform(unlessEmpty).optional(),
  what: z
    .enum(['', ...whats])
    .transform(unlessEmpty)
    .optional(),
  direction: z
    .enum(['', ...directions])
    .transform(unlessEmpty)
    .optional(),
  accepted: z
    .union([z.boolean(), z.enum(['true', 'false', ''])], { error: 'expected true or false' })
    .transform((given) => (given === '' ? undefined : given === true || given === 'true'))
    .optional(),
}

/** A whole number, of which a query has the digits. */
function wholeNumber(least: number, most: number) {
  const digits = z
    .string()
    .regex(/^\d{0,16}$/)
    .transform((given) => (given === '' ? undefined : Number(given)))
  const within = (given: number | undefined) => given === undefined || (given >= least && given <= most)
  const error = `expected a whole number from ${least} to ${most}`
  return z.union([z.number().int(), digits], { error }).refine(within, error).optional()
}

const after = wholeNumber(0, Number.MAX_SAFE_INTEGER)

/** Which entries are read. */
export const readSchema = z.strictObject({
  what: inQuery.what,
  from: inQuery.text,
  to: inQuery.text,
  id: inQuery.text,
  inResponseTo: inQuery.text,
  user: inQuery.text,
  party: inQuery.text,
  direction: inQuery.direction,
  accepted: inQuery.accepted,
  after,
  limit: wholeNumber(1, mostEntries).transform((given) => given ?? usualEntries),
})

export const streamSchema = z.strictObject({ after })

/** What is waited for: a match, or its fields as they are (`spec/contract.md` §5). */
export const waitSchema = z
  .strictObject({
    match: matchSchema.optional(),
    timeoutMs: z.number().min(0).max(longestWaitMs).default(usualWaitMs),
    after: seq.optional(),
    ...fields,
  })
  .superRefine(({ match, timeoutMs: _ms, after: _after, ...named }, context) => {
    const [first] = Object.keys(named)
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (match === undefined && first === undefined) issue('match', 'expected a mapping, found nothing')
    if (match !== undefined && first !== undefined) issue(first, 'match says already what is waited for')
  })
  .transform(({ match, timeoutMs, after, ...named }) => ({ match: match ?? named, timeoutMs, after }))

const count = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional()

export const verifySchema = z
  .strictObject({
    match: matchSchema.optional(),
    count,
    atLeast: count,
    atMost: count,
    inOrder: z.array(matchSchema).min(1).max(100).optional(),
    everyRequestAnswered: z.literal(true).optional(),
    after: seq.optional(),
  })
  .superRefine((given, context) => {
    const ways = (['match', 'inOrder', 'everyRequestAnswered'] as const).filter((way) => given[way] !== undefined)
    const [way, other] = ways
    const issue = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    if (way === undefined)
      issue('match', 'expected a mapping, found nothing; or inOrder or everyRequestAnswered in its place')
    if (other !== undefined) issue(other, `${way} says already what is verified`)
    for (const name of ['count', 'atLeast', 'atMost'] as const) {
      if (given[name] !== undefined && given.match === undefined && way !== undefined)
        issue(name, 'it counts what matches, and there is no match')
      if (name !== 'count' && given[name] !== undefined && given.count !== undefined)
        issue(name, 'count says this already')
    }
    const { atLeast = 0, atMost = atLeast } = given
    if (atMost < atLeast) issue('atMost', `expected at least ${atLeast}, as atLeast says`)
  })
