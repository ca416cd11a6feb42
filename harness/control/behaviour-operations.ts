import type { Behaviour } from '../../idp/index.ts'
import { behaviourOptions } from '../world/idp-options.ts'
import { behaviourSchema } from '../world/schema.ts'
import { asked, changed, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { theIdp } from './the-idp.ts'

const behaviour = behaviourSchema.required()

/** In the words of the world's block `idp`. */
const behaviourState = ({ participantTimeoutMs, logout, ...same }: Behaviour) => {
  return { ...same, ...logout, participantTimeoutSeconds: participantTimeoutMs / 1_000 }
}

export const getBehaviour = operation({
  request: nothing,
  answer: behaviour,
  run: async (parties) => asked(behaviourState((await theIdp(parties)).behaviour())),
})

export const changeBehaviour = operation({
  request: behaviourSchema,
  example: { propagation: 'frames' },
  answer: behaviour,
  run: async (parties, { given }) =>
    changed(behaviourState((await theIdp(parties)).changeBehaviour(behaviourOptions(given)))),
})
