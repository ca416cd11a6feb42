import type { NodeContext } from '../../node-context.ts'
import { ACTION } from '../../privileges.ts'
import { ok } from '../answer.ts'
import { type Method, type Route, route } from '../route.ts'
import { buildHash } from '../warning-header.ts'

const nodeInfo = (method: Method): Route =>
  route({
    method,
    path: '/',
    takesBody: false,
    read: () => undefined,
    action: () => ACTION.main,
    run: (_input, { node }) => ok(describeNode(node)),
  })

/** What official clients recognise an Elasticsearch by (spec §1.13). */
export const main = nodeInfo('GET')

export const mainHead = nodeInfo('HEAD')

function describeNode({ nodeName, clusterName, dialect }: NodeContext): object {
  return {
    name: nodeName,
    cluster_name: clusterName,
    cluster_uuid: 'c2xvb3BzbG9vcHNsb29wcw',
    version: {
      number: dialect.version,
      build_flavor: 'default',
      build_type: 'tar',
      build_hash: buildHash,
      build_date: '2025-01-01T00:00:00.000000000Z',
      build_snapshot: false,
      lucene_version: dialect.luceneVersion,
      minimum_wire_compatibility_version: dialect.minimumWireVersion,
      minimum_index_compatibility_version: dialect.minimumIndexVersion,
    },
    tagline: 'You Know, for Search',
  }
}
