import { z } from 'zod'
import { mostFaults } from '#server/faults'
import { NoSuch } from '#server/no-such'
import { checkFault } from '../faults/check-fault.ts'
import { controlError } from './control-error.ts'
import { faultSchema, faultWantedSchema } from './fault-schema.ts'
import { asked, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'

export const listFaults = operation({
  request: nothing,
  answer: z.object({ faults: z.array(faultSchema) }),
  run: async ({ faults }) => asked({ faults: await faults.list() }),
})

export const armFault = operation({
  request: faultWantedSchema,
  example: { party: 'idp', on: 'LogoutRequest', change: { signature: 'tampered' } },
  answer: faultSchema,
  run: async ({ faults, places }, { given }) => {
    await checkFault(given, places)
    const armed = await faults.arm(given)
    if (armed !== undefined) return made(armed)
    const says = `there are ${mostFaults} faults already, which is as many as can be: disarm some first`
    throw controlError('refused', says, { expected: mostFaults })
  },
})

export const disarmFault = operation({
  request: nothing,
  answer: undefined,
  run: async ({ faults }, { key }) => {
    if (await faults.disarm(key)) return gone
    const known = (await faults.list()).map(({ id }) => id)
    throw new NoSuch({ what: 'fault', type: 'noSuchFault', named: key, known })
  },
})

export const disarmAll = operation({
  request: nothing,
  answer: undefined,
  run: async ({ faults }) => {
    await faults.disarmAll()
    return gone
  },
})
