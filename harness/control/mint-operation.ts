import { MintRefusal } from '../../idp/index.ts'
import { ControlError } from './control-error.ts'
import { mintAnswer, mintRequest } from './mint-schema.ts'
import { made, operation } from './operation.ts'
import { theRunningIdp } from './the-idp.ts'

export const mint = operation({
  request: mintRequest,
  answer: mintAnswer,
  run: async (parties, { given }) => {
    const idp = theRunningIdp(parties)
    return made(await idp.mint(given).catch(refuse))
  },
})

/** What names something that is not there is 404, what cannot be written 400. */
function refuse(error: unknown): never {
  if (!(error instanceof MintRefusal)) throw error
  const { type, message, path, expected, actual } = error
  throw new ControlError(type, message, { path, expected, actual, status: type.startsWith('noSuch') ? 404 : 400 })
}
