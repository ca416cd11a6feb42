import { diagramStyle } from '../../../harness/diagram/diagram-style.ts'
import { hashOf } from '../../../harness/pages/page-answer.ts'
import { style } from '../../../harness/pages/style.ts'
import type { ScenarioResult } from '../../run/scenario-result.ts'
import { filterScript } from './filter-script.ts'
import { ReportPage } from './report-page.tsx'
import { reportStyle } from './report-style.ts'

const styles = [diagramStyle, reportStyle]

/** Nothing is loaded, sent or framed; what may run is the one script that stands in the page. */
const policy = [
  `default-src 'none'`,
  'img-src data:',
  `style-src ${[style, ...styles].map(hashOf).join(' ')}`,
  `script-src ${hashOf(filterScript)}`,
  `base-uri 'none'`,
  `form-action 'none'`,
].join('; ')

/** Everything that is known of every result, as one page that needs nothing else, and no scripts but to filter. */
export function toHtml(results: readonly ScenarioResult[]): string {
  return `${ReportPage({ results, styles, policy, script: filterScript })}\n`
}
