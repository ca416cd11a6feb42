import { illegalArgument } from '../elasticsearch-error.ts'
import { didYouMean } from './object-parser.ts'

/** Parameters that every call takes (spec §1.4). */
const common = ['pretty', 'human', 'error_trace', 'filter_path', 'format'] as const
const commonNames: ReadonlySet<string> = new Set(common)

/** What the common parameters ask of the answer. */
export interface Presentation {
  readonly pretty: boolean
  readonly withTrace: boolean
  readonly filterPath: string | undefined
}

export function readPresentation(parameters: URLSearchParams): Presentation {
  return {
    pretty: isSet(parameters.get('pretty')),
    withTrace: isSet(parameters.get('error_trace')),
    filterPath: parameters.get('filter_path') ?? undefined,
  }
}

const isSet = (value: string | null): boolean => value !== null && value !== 'false'

/** What is neither common nor one of the call's own is left over (spec §1.1). @throws ElasticsearchError 400 */
export function refuseUnknownParameters(path: string, parameters: URLSearchParams, own: readonly string[] = []): void {
  const unknown = [...new Set(parameters.keys())].filter((name) => !commonNames.has(name) && !own.includes(name)).sort()
  if (unknown.length === 0) return
  const listed = unknown.map((name) => {
    const suggestion = didYouMean(name, [...common, ...own])
    return suggestion === '' ? `[${name}]` : `[${name}] ->${suggestion}`
  })
  const noun = unknown.length === 1 ? 'parameter' : 'parameters'
  throw illegalArgument(`request [${path}] contains unrecognized ${noun}: ${listed.join(', ')}`)
}
