import { z } from 'zod'
import { isInstant, parseInstant } from '#saml/instants'
import type { Presented } from '#saml/rules/presented'
import { exactlyOne } from './shapes.ts'

const mostIds = 1_000

const text = z.string().min(1, 'expected a text that is not empty, found an empty text')
const instant = text.superRefine((value, context) => {
  if (isInstant(value)) return
  const message = `expected an instant such as 2031-05-04T12:00:00.000Z, found [${value.slice(0, 64)}]`
  context.addIssue({ code: 'custom', message })
})

/** What `explain` is told: one message in one of four shapes (`spec/contract.md` §2.4). Null is as if it were left out. */
export const explainRequest = z
  .strictObject({
    url: text.optional().describe('where a browser was sent, with the query as it was'),
    queryString: z.string().optional().describe('what stands behind the ?'),
    form: z.record(z.string(), z.string()).optional().describe('the fields of a form, by name'),
    document: text.optional().describe('the XML alone; what concerns the way it came cannot be judged then'),
    at: instant.nullish().describe('judged as at this instant; else now'),
    realm: text.nullish().describe('whose judgement is asked for, where several could be meant'),
    inResponseTo: z
      .array(z.string())
      .max(mostIds)
      .nullish()
      .describe('the IDs of the requests that are pending; unsaid, what concerns them cannot be judged'),
  })
  .superRefine((given, context) => {
    exactlyOne(given, ['url', 'queryString', 'form', 'document'], context)
    if (given.url === undefined || given.url.includes('?')) return
    context.addIssue({ code: 'custom', path: ['url'], message: 'expected an address with a query, found one without' })
  })

type ExplainRequest = z.output<typeof explainRequest>

/** The message that was given, cut out of its address where it came in one, and not decoded. */
export function presentedIn({ url, queryString, form, document }: ExplainRequest): Presented {
  if (url !== undefined) {
    const start = url.indexOf('?')
    return { carrier: 'query', queryString: url.slice(start + 1), address: url.slice(0, start) }
  }
  if (queryString !== undefined) return { carrier: 'query', queryString }
  if (form !== undefined) return { carrier: 'form', fields: form }
  return { carrier: 'document', document: document ?? '' }
}

/** Epoch milliseconds of the instant that was asked for. */
export const instantIn = ({ at }: ExplainRequest): number | undefined =>
  at === null || at === undefined ? undefined : parseInstant(at)

const check = z.object({
  rule: z.string(),
  code: z.string().describe('of the refusal, or of the one that its breach would be'),
  holds: z.boolean().nullable().describe('null: it could not be asked, and the message says why'),
  message: z.string().nullable(),
  expected: z.unknown(),
  actual: z.unknown(),
  clause: z.string(),
  hint: z.string().nullable().describe('what would have made it hold'),
})

/** What every party answers to `explain`. */
export const judgementAnswer = z.object({
  kind: z.enum(['AuthnRequest', 'Response', 'LogoutRequest', 'LogoutResponse']).nullable(),
  binding: z.enum(['redirect', 'post', 'soap']).nullable(),
  id: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  document: z.string().nullable(),
  accepted: z.boolean(),
  refusal: z.string().nullable().describe('the code of the first rule that is broken'),
  checks: z.array(check),
})

/** What Elasticsearch answers beside it. */
export const elasticsearchJudgement = judgementAnswer.extend({
  realm: z.string().describe('whose judgement this is'),
  wouldInvalidate: z.number().describe('as many pairs of tokens, were it accepted'),
  nearest: z
    .array(z.object({ token: z.string(), differsIn: z.array(z.string()) }))
    .describe('where it would end nothing: the logins that are nearest'),
})
