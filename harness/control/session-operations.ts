import { z } from 'zod'
import { line } from '../world/schema.ts'
import { change } from './change-schema.ts'
import { asked, gone, made, operation } from './operation.ts'
import { exactlyOne, nothing, participant } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const session = z.object({ id: z.string(), user: z.string(), since: z.string(), participants: z.array(participant) })

export const listSessions = operation({
  request: nothing,
  answer: z.object({ sessions: z.array(session) }),
  run: async (parties) => asked({ sessions: await (await theIdp(parties)).listSessions() }),
})

const wish = z
  .strictObject({
    user: line.optional(),
    session: line.optional(),
    to: line.optional(),
    inResponseTo: line.nullish(),
    relayState: z.string().nullish(),
    authnRequest: z.string().min(1).optional(),
    change: change.optional(),
  })
  .superRefine((given, context) => {
    exactlyOne(given, ['user', 'session'], context)
    exactlyOne(given, ['to', 'authnRequest'], context)
    const refuse = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message })
    const said = (['inResponseTo', 'relayState'] as const).find(
      (key) => given[key] !== undefined && given[key] !== null,
    )
    if (given.authnRequest !== undefined && said !== undefined) refuse(said, 'the authnRequest says this already')
  })

export const signIn = operation({
  request: wish,
  example: { user: 'alice', to: 'http://app.localhost:5601' },
  answer: z.object({
    session: z.string(),
    participant,
    form: z.object({ action: z.string(), fields: z.record(z.string(), z.string()) }),
    cookie: z.object({ name: z.string(), value: z.string(), url: z.string() }),
  }),
  run: async (parties, { given }) => made(await (await theIdp(parties)).signIn(given)),
})

export const endSession = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    await (await theIdp(parties)).endSession(key)
    return gone
  },
})
