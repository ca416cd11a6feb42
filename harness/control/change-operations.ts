import { z } from 'zod'
import { describeChanges } from '../../idp/changes/index.ts'
import { asked, operation } from './operation.ts'
import { nothing } from './shapes.ts'

const described = z.object({
  name: z.string(),
  values: z.record(z.string(), z.unknown()).describe('a JSON schema'),
  says: z.string(),
  onTheWire: z.string(),
  bugs: z.array(z.string()),
})

export const listChanges = operation({
  request: nothing,
  answer: z.object({ changes: z.array(described) }),
  run: async () => asked({ changes: describeChanges().map(({ point: _, ...change }) => change) }),
})
