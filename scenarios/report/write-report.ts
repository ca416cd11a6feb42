import { join } from 'node:path'
import { toMermaid } from '../../harness/journal/to-mermaid.ts'
import { entriesOfResult, fileNameOf, type ScenarioResult } from '../run/scenario-result.ts'
import { writeWhole } from '../run/write-whole.ts'
import { toJson } from './json.ts'
import { toJunit } from './junit.ts'
import { toHtml } from './pages/to-html.ts'

/** Writes `report.json`, `report.xml` and `report.html`, and a diagram of each scenario that was told to `diagrams/`. */
export function writeReport(folder: string, results: readonly ScenarioResult[]): void {
  for (const result of results.filter((each) => entriesOfResult(each).length > 0)) {
    writeWhole(join(folder, 'diagrams', `${fileNameOf(result)}.mmd`), toMermaid(entriesOfResult(result)))
  }
  writeWhole(join(folder, 'report.json'), toJson(results))
  writeWhole(join(folder, 'report.xml'), toJunit(results))
  writeWhole(join(folder, 'report.html'), toHtml(results))
}
