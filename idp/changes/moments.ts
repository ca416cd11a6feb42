import { z } from 'zod'
import { formatInstant } from '#saml/instants'
import type { Draft } from '../outbox/draft.ts'
import { row, text } from './change-row.ts'

/** The changes of ID and instants. */

export const id = row({
  point: 'draft',
  values: z.union([z.enum(['digit', 'repeated']), z.strictObject({ value: text.min(1) })]),
  says: 'Gives the message another ID.',
  onTheWire:
    'digit: 1 before the right ID, which no xs:ID begins with; repeated: _repeated, the same in every message that is changed so.',
  bugs: ['J5', 'G11'],
  make: (draft, value) => {
    const said =
      typeof value === 'string' ? { digit: `1${draft.fields.id}`, repeated: '_repeated' }[value] : value.value
    return { ...draft, fields: { ...draft.fields, id: said } } as Draft
  },
})

/** Far enough for every clock, near enough that years keep four digits. */
const mostMs = 100 * 366 * 86_400_000
const shift = z.strictObject({ shiftMs: z.number().int().min(-mostMs).max(mostMs) })
const forms = ['noMilliseconds', 'noZone', 'offset'] as const

type Form = (typeof forms)[number]
type Instant = number | string | undefined

const written: Readonly<Record<Form, (instant: number) => string>> = {
  noMilliseconds: (instant) => formatInstant(instant).replace(/\.\d+Z$/, 'Z'),
  noZone: (instant) => formatInstant(instant).slice(0, -1),
  // The same moment, as clocks two hours to the east show it.
  offset: (instant) => `${formatInstant(instant + 7_200_000).slice(0, -1)}+02:00`,
}

function changed(instant: Instant, value: Form | z.output<typeof shift>): Instant {
  if (typeof instant !== 'number') return instant
  return typeof value === 'string' ? written[value](instant) : instant + value.shiftMs
}

export const issueInstant = row({
  point: 'draft',
  values: z.union([z.enum(forms), shift]),
  says: 'Writes the moment at which it was written in another form, or another moment.',
  onTheWire:
    'IssueInstant of the message and of its Assertions; noMilliseconds: 12:00:00Z; noZone: without Z; offset: the same moment with +02:00; shiftMs: so much later, or earlier.',
  bugs: ['J4'],
  make: (draft, value) => {
    const said = changed(draft.fields.issueInstant, value)
    const fields = { ...draft.fields, issueInstant: said }
    if (draft.kind !== 'Response') return { ...draft, fields } as Draft
    const assertions = draft.fields.assertions.map((assertion) => {
      return { ...assertion, issueInstant: changed(assertion.issueInstant, value) }
    })
    return { ...draft, fields: { ...fields, assertions } } as Draft
  },
})

export const notOnOrAfter = row({
  point: 'draft',
  values: z.union([z.enum(['none', ...forms]), shift]),
  says: 'Writes the moment at which it ends in another form, another moment, or none.',
  onTheWire:
    'NotOnOrAfter of a LogoutRequest, of the Conditions and of the SubjectConfirmationData of a Response; none: no attribute; the forms as of issueInstant.',
  bugs: ['J1', 'J2', 'J3', 'J6'],
  whyNot: (_value, { draft }) => {
    if (draft.kind === 'LogoutResponse') return 'a LogoutResponse has none'
    return draft.kind === 'Response' && draft.fields.assertions.length === 0 ? 'this Response has none' : undefined
  },
  make: (draft, value) => {
    const said = (instant: Instant) => (value === 'none' ? undefined : changed(instant, value))
    if (draft.kind === 'LogoutRequest') {
      return { ...draft, fields: { ...draft.fields, notOnOrAfter: said(draft.fields.notOnOrAfter) } }
    }
    if (draft.kind !== 'Response') return draft
    const assertions = draft.fields.assertions.map((assertion) => {
      const { conditions, subject } = assertion
      const confirmations = (subject?.confirmations ?? []).map(({ method, data }) => {
        return { method, data: data && { ...data, notOnOrAfter: said(data.notOnOrAfter) } }
      })
      return {
        ...assertion,
        conditions: conditions && { ...conditions, notOnOrAfter: said(conditions.notOnOrAfter) },
        subject: subject && { ...subject, confirmations },
      }
    })
    return { ...draft, fields: { ...draft.fields, assertions } }
  },
})
