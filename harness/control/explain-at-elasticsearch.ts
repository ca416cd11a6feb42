import { elasticsearchJudgement, explainRequest, instantIn, presentedIn } from './explain-schema.ts'
import { asked, operation } from './operation.ts'
import { theElasticsearch } from './the-elasticsearch.ts'

export const explainAtElasticsearch = operation({
  request: explainRequest,
  example: { queryString: 'SAMLRequest=…&SigAlg=…&Signature=…' },
  answer: elasticsearchJudgement,
  run: async (parties, { given }) => {
    const { realm, inResponseTo } = given
    const judged = await theElasticsearch(parties).explain({
      presented: presentedIn(given),
      at: instantIn(given),
      realm: realm ?? undefined,
      inResponseTo: inResponseTo ?? undefined,
    })
    return asked(judged)
  },
})
