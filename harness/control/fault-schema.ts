import { z } from 'zod'
import { whyNoUri } from '../../idp/index.ts'
import { faultKinds } from '../faults/fault-kinds.ts'
import { change } from './change-schema.ts'

const mostTimes = 1_000_000

const entityId = z
  .string()
  .min(1)
  .superRefine((given, context) => {
    const message = whyNoUri(given)
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

/** A fault that is to be armed (`spec/contract.md` §2.5). */
export const faultWantedSchema = z.strictObject({
  party: z.string().min(1).describe('Who writes the message: idp, or a partner by its name.'),
  on: z.enum(faultKinds).describe('The kind of message.'),
  to: entityId.optional().describe('The entity id of who gets it; anybody when absent.'),
  times: z
    .union([z.number().int().min(1).max(mostTimes), z.literal('always')], {
      error: `expected a whole number from 1 to ${mostTimes}, or always`,
    })
    .default(1),
  change: change.refine((given) => Object.keys(given).length > 0, 'expected at least one change, found none'),
})

/** A fault as it stands. */
export const faultSchema = z.object({
  id: z.string(),
  party: z.string(),
  on: z.string(),
  to: z.string().nullable(),
  times: z.union([z.number(), z.literal('always')]),
  change: z.record(z.string(), z.unknown()),
  fired: z.number().describe('How many messages it has changed.'),
  notMade: z
    .array(z.object({ key: z.string(), why: z.string() }))
    .describe('What the last message that met it could not take.'),
})
