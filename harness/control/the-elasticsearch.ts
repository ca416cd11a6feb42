import { noSuchParty } from '../clocks/clocks.ts'
import type { ElasticsearchRole } from '../roles/run-elasticsearch.ts'
import type { RunningParties } from '../roles/running-parties.ts'

/** The Elasticsearch of this process. @throws NoSuch where none runs */
export function theElasticsearch({ es, places }: RunningParties): ElasticsearchRole {
  if (es !== undefined) return es
  throw noSuchParty(
    'es',
    places.map(({ name }) => name),
  )
}
