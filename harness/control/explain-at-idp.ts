import { z } from 'zod'
import { verdictOf } from '#saml/rules/verdict'
import { explainRequest, instantIn, judgementAnswer, presentedIn } from './explain-schema.ts'
import { asked, operation } from './operation.ts'
import { theRunningIdp } from './the-idp.ts'

const request = explainRequest.superRefine(({ realm }, context) => {
  if (realm === undefined || realm === null) return
  const message = 'an identity provider has no realms: ask Elasticsearch, or leave it out'
  context.addIssue({ code: 'custom', path: ['realm'], message })
})

const answer = judgementAnswer.extend({
  wouldInvalidate: z.number().describe('as many sessions would a LogoutRequest end, were the rest of it accepted'),
  nearest: z
    .array(z.object({ session: z.string(), differsIn: z.array(z.string()) }))
    .describe('where it would end none: the sessions that are nearest'),
  logout: z.string().nullable().describe('the logout that waits for this LogoutResponse'),
})

export const explainAtIdp = operation({
  ...{ request, answer, example: { queryString: 'SAMLRequest=…&SigAlg=…&Signature=…' } },
  run: async (parties, { given }) => {
    const circumstances = { at: instantIn(given), inResponseTo: given.inResponseTo ?? undefined }
    const judgement = await theRunningIdp(parties).explain(presentedIn(given), circumstances)
    return asked({ ...judgement, ...verdictOf(judgement.checks) })
  },
})
