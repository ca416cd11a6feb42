import { mintAnswer, mintRequest } from './mint-schema.ts'
import { made, operation } from './operation.ts'
import { theRunningIdp } from './the-idp.ts'

export const mint = operation({
  request: mintRequest,
  example: { kind: 'LogoutRequest', to: 'http://app.localhost:5601', nameId: { value: 'alice' } },
  answer: mintAnswer,
  run: async (parties, { given }) => {
    const idp = theRunningIdp(parties)
    return made(await idp.mint(given))
  },
})
