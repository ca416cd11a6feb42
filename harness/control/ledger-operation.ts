import { z } from 'zod'
import { writeLedger, writeLedgers } from '../ledger/write-ledger.ts'
import { line } from '../world/schema.ts'
import { asked, operation } from './operation.ts'
import { exactlyOne } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const life = z.enum(['alive', 'dead'])
const token = z.enum([...life.options, 'unknown'])
const seq = z.number().nullable()

const participant = z.object({
  party: z.string(),
  name: z.string().describe('The party, and which of its logins where the logout is about several: “app, login 2”.'),
  serviceProvider: z.string(),
  requester: z
    .boolean()
    .describe('Whether it asked for the logout: then nobody asked it, and what it answered is its own request.'),
  sessionIndex: z.string(),
  asked: seq,
  answered: seq,
  claimed: z.enum(['ended', 'refused', 'nothing']),
  proven: z.enum(['ended', 'alive', 'unknown']),
  facts: z.object({
    application: z.enum(['signedOut', 'signedIn', 'unknown']),
    accessToken: token,
    refreshToken: token,
  }),
})

const one = z.object({
  logout: z.string(),
  user: z.string(),
  claimed: z.enum(['complete', 'partial']),
  participants: z.array(participant),
  idpSession: life,
})

export const ledger = operation({
  request: z
    .strictObject({ logout: line.optional(), user: line.optional() })
    .superRefine((given, context) => exactlyOne(given, ['logout', 'user'], context)),
  example: { user: 'alice' },
  answer: z.union([one, z.object({ ledgers: z.array(one) })]),
  run: async (parties, { given: { logout, user = '' } }) => {
    const idp = await theIdp(parties)
    if (logout === undefined) return asked({ ledgers: await writeLedgers(parties, await idp.accountsOfUser(user)) })
    return asked(await writeLedger(parties, await idp.accountOfLogout(logout)))
  },
})
