import type { ScenarioResult } from '../run/scenario-result.ts'
import { toJson } from './json.ts'
import { toJunit } from './junit.ts'
import { toHtml } from './pages/to-html.ts'

/** Those that write one document once all is told; `list` tells as it goes. */
const documents = { json: toJson, junit: toJunit, html: toHtml } as const

export type Reporter = 'list' | keyof typeof documents

/** What the reporters write at the end of a run, one behind the other. */
export function documentsOf(reporters: readonly Reporter[], results: readonly ScenarioResult[]): readonly string[] {
  return reporters.flatMap((reporter) => (reporter === 'list' ? [] : [documents[reporter](results)]))
}
