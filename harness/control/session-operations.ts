import { z } from 'zod'
import { asked, operation } from './operation.ts'
import { nothing, participant } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const session = z.object({
  id: z.string(),
  user: z.string(),
  since: z.iso.datetime(),
  participants: z.array(participant),
})

export const listSessions = operation({
  request: nothing,
  answer: z.object({ sessions: z.array(session) }),
  run: async (parties) => asked({ sessions: await (await theIdp(parties)).listSessions() }),
})
