import { z } from 'zod'
import { line } from '../world/schema.ts'
import { asked, made, operation } from './operation.ts'
import { exactlyOne, nothing, participant } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const leg = z.object({
  serviceProvider: z.string(),
  binding: z.string().nullable(),
  state: z.enum(['pending', 'asked', 'answered', 'failed', 'timedOut']),
  requestId: z.string().nullable(),
  status: z.array(z.string()),
  reason: z.string().nullable(),
})

const logout = z.object({
  id: z.string(),
  user: z.string(),
  state: z.enum(['running', 'complete', 'partial']),
  legs: z.array(leg),
  leftOut: z.array(participant),
})

export const startLogout = operation({
  request: z
    .strictObject({ session: line.optional(), user: line.optional(), to: z.array(line).optional() })
    .superRefine((given, context) => exactlyOne(given, ['session', 'user'], context)),
  example: { user: 'alice' },
  answer: z.object({ id: z.string(), url: z.string() }),
  run: async (parties, { given }) => made(await (await theIdp(parties)).startLogout(given)),
})

export const listLogouts = operation({
  request: nothing,
  answer: z.object({ logouts: z.array(logout) }),
  run: async (parties) => asked({ logouts: await (await theIdp(parties)).listLogouts() }),
})

export const getLogout = operation({
  request: nothing,
  answer: logout,
  run: async (parties, { key }) => asked(await (await theIdp(parties)).getLogout(key)),
})
