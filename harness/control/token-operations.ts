import { asked, gone, made, operation } from './operation.ts'
import { nothing } from './shapes.ts'
import { theElasticsearch } from './the-elasticsearch.ts'
import { tokensGivenSchema, tokensListSchema, tokensWantedSchema } from './token-schema.ts'

export const listTokens = operation({
  request: nothing,
  answer: tokensListSchema,
  run: async (parties) => asked({ tokens: await theElasticsearch(parties).tokens.list() }),
})

export const issueTokens = operation({
  request: tokensWantedSchema,
  example: { realm: 'saml1', username: 'alice', nameId: { value: 'alice' }, sessionIndex: '_1' },
  answer: tokensGivenSchema,
  run: async (parties, { given }) => made(await theElasticsearch(parties).tokens.issue(given)),
})

export const endTokens = operation({
  request: nothing,
  answer: undefined,
  run: async (parties, { key }) => {
    await theElasticsearch(parties).tokens.end(key)
    return gone
  },
})
