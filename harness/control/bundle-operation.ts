import { z } from 'zod'
import { createDescriber } from '../journal/describe-entry.ts'
import { entrySchema } from '../journal/entry-schema.ts'
import { withoutSecrets } from '../world/without-secrets.ts'
import { describeWorld } from './describe-world.ts'
import { described } from './journal-operations.ts'
import { asked, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const bundle = operation({
  request: nothing,
  answer: z
    .object({
      format: z.literal('sloop-bundle'),
      formatVersion: z.literal(1),
      version: z.string().describe('of sloop'),
      world: z.record(z.string(), z.unknown()).describe('as it was given, without keys'),
      certificates: z.array(z.object({ entityId: z.string(), certificate: z.string() })),
      entries: z.array(entrySchema),
    })
    .meta({ title: 'Bundle' }),
  run: async (running) => {
    const { parties, realms, version } = describeWorld(running)
    const certificates = [...parties, ...realms].flatMap(({ entityId, certificate }) =>
      entityId === null || certificate === null ? [] : [{ entityId, certificate }],
    )
    const unique = new Map(certificates.map((each) => [JSON.stringify(each), each]))
    const entries = await described(running.journal.since(), createDescriber(running))
    return asked({
      ...{ format: 'sloop-bundle' as const, formatVersion: 1 as const, version },
      world: withoutSecrets(running.given ?? {}),
      certificates: [...unique.values()],
      entries,
    })
  },
})
