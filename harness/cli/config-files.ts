import { ConfigError, readYamlFile } from '#server/config'
import { given } from './given.ts'

/** Where a node's settings begin, those of its plugins aside. */
const sectionsOfNodes: readonly string[] = [
  'action',
  'bootstrap',
  'cluster',
  'discovery',
  'gateway',
  'http',
  'indices',
  'ingest',
  'logger',
  'network',
  'node',
  'path',
  'script',
  'thread_pool',
  'transport',
  'xpack',
]

/**
 * Tells an `elasticsearch.yml` from a world by the keys at its top, whatever it is called.
 * @throws ConfigError when there are two of one kind, or one that cannot be read.
 */
export function configFiles(files: readonly string[]): { elasticsearchYml?: string; sloopYml?: string } {
  const elasticsearchYml = files.filter((file) => isOfNode(readYamlFile(file, '--config')))
  const sloopYml = files.filter((file) => !elasticsearchYml.includes(file))
  return given({ elasticsearchYml: single(elasticsearchYml), sloopYml: single(sloopYml) })
}

function isOfNode(document: unknown): boolean {
  if (typeof document !== 'object' || document === null) return false
  return Object.keys(document).some((key) => sectionsOfNodes.includes(key.split('.')[0] ?? ''))
}

function single(files: readonly string[]): string | undefined {
  if (files.length > 1) throw new ConfigError(`--config names two files of one kind: ${files.join(' and ')}`)
  return files[0]
}
