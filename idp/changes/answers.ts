import { z } from 'zod'
import { wantedStatus, whyNoStatus } from '../mint/wanted-status.ts'
import type { Draft } from '../outbox/draft.ts'
import { type Met, own, row } from './change-row.ts'

/** The changes of what only an answer says: its status, and which request it answers. */

const code = z.string().superRefine((given, context) => {
  const message = whyNoStatus(given)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})

export const status = row({
  point: 'draft',
  values: z.union([z.enum(['misspelt', 'none']), z.array(code).min(1).max(8)]),
  says: 'Says that it went otherwise.',
  onTheWire:
    'A list of codes: the second stands below the first; misspelt: the right codes without their last letter; none: no Status element.',
  bugs: ['F1', 'F2', 'F3', 'F13', 'F15', 'C15'],
  whyNot: (_value, { draft }) => (draft.kind === 'LogoutRequest' ? 'a LogoutRequest has no status' : undefined),
  make: (draft, value) => {
    if (draft.kind === 'LogoutRequest') return draft
    const right = draft.fields.status
    if (value === 'none') return withFields(draft, { status: undefined })
    if (value === 'misspelt') {
      return withFields(draft, { status: right && { ...right, codes: right.codes.map((each) => each.slice(0, -1)) } })
    }
    return withFields(draft, { status: wantedStatus(value) })
  },
})

export const inResponseTo = row({
  point: 'draft',
  values: z.union([z.enum(['none', 'wrong', 'literal', 'older']), own]),
  says: 'Answers another request than the one that was made.',
  onTheWire:
    'none: no InResponseTo; wrong: _wrong; literal: {InResponseTo}, a template that nobody filled in; older: the ID of an earlier LogoutRequest of the same service provider.',
  bugs: ['F4', 'F5', 'F14'],
  lookUp: async (value, met) => (value === 'older' ? { ...met, olderRequest: await olderRequest(met) } : met),
  whyNot: (value, { draft, olderRequest: older }) => {
    if (draft.kind === 'LogoutRequest') return 'a LogoutRequest answers nothing'
    return value === 'older' && older === null ? 'there was no request before this one' : undefined
  },
  make: (draft, value, met) => {
    const said = typeof value === 'string' ? ids[value](met) : value.value
    if (draft.kind === 'LogoutResponse') return withFields(draft, { inResponseTo: said })
    if (draft.kind !== 'Response') return draft
    const assertions = draft.fields.assertions.map((assertion) => {
      const { subject } = assertion
      const confirmations = subject?.confirmations.map(({ method, data }) => {
        return { method, data: data && { ...data, inResponseTo: said } }
      })
      return { ...assertion, subject: subject && { ...subject, confirmations: confirmations ?? [] } }
    })
    return { ...draft, fields: { ...draft.fields, inResponseTo: said, assertions } }
  },
})

const ids = {
  none: () => undefined,
  wrong: () => '_wrong',
  literal: () => '{InResponseTo}',
  older: ({ olderRequest: older }: Met) => older ?? undefined,
} as const

/** Of the requests that were acted upon, the one before that which is answered. */
async function olderRequest({ draft, parts }: Met): Promise<string | null> {
  const right = draft.kind === 'LogoutRequest' ? undefined : draft.fields.inResponseTo
  const seen = await parts.seenRequests.list()
  return seen.findLast(({ spEntityId, id }) => spEntityId === draft.to.spEntityId && id !== right)?.id ?? null
}

function withFields<D extends Draft>(draft: D, fields: Partial<D['fields']>): D {
  return { ...draft, fields: { ...draft.fields, ...fields } }
}
