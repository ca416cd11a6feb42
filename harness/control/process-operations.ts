import { z } from 'zod'
import { createDescriber } from '../journal/describe-entry.ts'
import { entrySchema } from '../journal/entry-schema.ts'
import { unansweredRequests } from '../journal/unanswered-requests.ts'
import { clockStateSchema } from './clock-schema.ts'
import { faultSchema } from './fault-schema.ts'
import { asked, changed, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const ready = operation({
  request: nothing,
  answer: z.object({ ready: z.boolean(), missing: z.string().optional() }),
  run: async ({ missing }) => {
    const [first] = [...missing.values()].map((tell) => tell()).filter((says) => says !== undefined)
    return first === undefined ? asked({ ready: true }) : { status: 503, answer: { ready: false, missing: first } }
  },
})

const party = z.object({
  name: z.string(),
  role: z.enum(['idp', 'es', 'app', 'partner']),
  url: z.string(),
  entityId: z.string().nullable(),
  endpoints: z.record(z.string(), z.string()),
  certificate: z.string().nullable(),
  version: z.string().nullable(),
  clock: clockStateSchema,
})

const realm = z.object({
  name: z.string(),
  entityId: z.string(),
  acs: z.string(),
  metadata: z.string(),
  certificate: z.string().nullable(),
})

export const world = operation({
  request: nothing,
  answer: z.object({ parties: z.array(party), realms: z.array(realm), version: z.string() }),
  run: async (parties) => {
    const { describeWorld } = await import('./describe-world.ts')
    return asked(describeWorld(parties))
  },
})

export const reset = operation({
  request: nothing,
  answer: z.object({ unusedFaults: z.array(faultSchema), unansweredRequests: z.array(entrySchema) }),
  run: async (parties) => {
    const { idp, es, apps, partners, clocks, faults, journal } = parties
    const describer = createDescriber(parties)
    const unanswered = unansweredRequests(journal.since(), describer)
    const requests = unanswered.map(({ request }) => describer.describe(request))
    clocks.reset()
    const unusedFaults = await faults.reset()
    await es?.reset()
    await Promise.all([...partners.values(), ...apps.values()].map((party) => party.reset()))
    await (await idp?.state())?.reset()
    journal.reset()
    return changed({ unusedFaults, unansweredRequests: requests })
  },
})
