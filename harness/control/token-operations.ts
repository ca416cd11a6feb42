import type { TokenOperations } from '../../sp-emulator/index.ts'
import { noSuchParty } from '../clocks/clocks.ts'
import type { RunningParties } from '../roles/running-parties.ts'
import { asked, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { tokensGivenSchema, tokensListSchema, tokensWantedSchema } from './token-schema.ts'

export const listTokens = operation({
  request: nothing,
  answer: tokensListSchema,
  run: async (parties) => asked({ tokens: await theTokens(parties).list() }),
})

export const issueTokens = operation({
  request: tokensWantedSchema,
  example: { realm: 'saml1', username: 'alice', nameId: { value: 'alice' }, sessionIndex: '_1' },
  answer: tokensGivenSchema,
  run: async (parties, { given }) => made(await theTokens(parties).issue(given)),
})

export const endTokens = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    await theTokens(parties).end(key)
    return gone
  },
})

/** The tokens of the Elasticsearch of this process. @throws NoSuch where none runs */
function theTokens({ es, places }: RunningParties): TokenOperations {
  if (es !== undefined) return es.tokens()
  throw noSuchParty(
    'es',
    places.map(({ name }) => name),
  )
}
