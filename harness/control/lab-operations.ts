import { z } from 'zod'
import type { Lab, Labs, RunningParties } from '../roles/running-parties.ts'
import { worldSchema } from '../world/schema.ts'
import { controlError } from './control-error.ts'
import { asked, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'

const lab = z.object({
  id: z.string(),
  idp: z.string().optional(),
  es: z.string().optional(),
  app: z.string().optional().describe('Of the first application.'),
  applications: z.record(z.string(), z.string()).describe('By name.'),
  partners: z.record(z.string(), z.string()).describe('By name.'),
})

export const createLab = operation({
  request: worldSchema,
  example: { partners: [{ name: 'partner' }] },
  answer: lab,
  run: async (parties, { given }) => made(describe(await theLabs(parties).create(given))),
})

export const listLabs = operation({
  request: nothing,
  answer: z.object({ labs: z.array(lab) }),
  run: async (parties) => asked({ labs: theLabs(parties).list().map(describe) }),
})

export const removeLab = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    await theLabs(parties).remove(key)
    return gone
  },
})

const describe = ({ id, places }: Pick<Lab, 'id' | 'places'>) => ({ id, ...places })

function theLabs({ labs }: RunningParties): Labs {
  if (labs !== undefined) return labs
  throw controlError('refused', 'a lab has no labs: ask at the address of its server, without /labs/')
}
