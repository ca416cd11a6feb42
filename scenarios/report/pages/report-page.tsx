import { legibleText } from '#server/legible-text'
import { Layout } from '../../../harness/pages/layout.tsx'
import { familyOfResult, type ScenarioResult } from '../../run/scenario-result.ts'
import { StoryView } from './story-view.tsx'

interface ReportProps {
  readonly results: readonly ScenarioResult[]
  readonly styles: readonly string[]
  readonly policy: string
  readonly script: string
}

const outcomes = { held: 'held', differs: 'differs', notRun: 'not run' } as const

/** The report of a run: what differs first and open, then every family. */
export function ReportPage({ results, ...parts }: ReportProps) {
  const families = [...new Set(results.map(familyOfResult))]
  const count = (outcome: ScenarioResult['outcome']) => results.filter((each) => each.outcome === outcome).length
  return (
    <Layout title="Scenarios" about="the report of a run" {...parts}>
      <main id="main" class="report">
        <h1>
          {count('differs') === 0 ? 'Everything that was told held' : `${count('differs')} of ${results.length} differ`}
        </h1>
        <p class="totals">
          <span class="held">✓ {count('held')} held</span> <span class="differs">✗ {count('differs')} differ</span>{' '}
          <span class="notRun">– {count('notRun')} not run</span>
        </p>
        <form id="filter" hidden>
          <Choice name="outcome" label="Outcome" options={Object.entries(outcomes)} />
          <Choice name="family" label="Family" options={families.map((family) => [family, family] as const)} />
          <label>
            Text <input type="search" name="text" />
          </label>
          <button type="reset">All</button> <output id="shown" class="quiet" />
        </form>
        {families.map((family) => (
          <section class="family" aria-labelledby={`family-${family}`}>
            <h2 id={`family-${family}`}>{legibleText(family)}</h2>
            {results
              .filter((each) => familyOfResult(each) === family)
              .map((result) => (
                <StoryView result={result} />
              ))}
          </section>
        ))}
      </main>
    </Layout>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly options: readonly (readonly [value: string, text: string])[]
}

function Choice({ name, label, options }: ChoiceProps) {
  return (
    <label>
      {label}{' '}
      <select name={name}>
        <option value="">all</option>
        {options.map(([value, text]) => (
          <option value={value}>{legibleText(text)}</option>
        ))}
      </select>
    </label>
  )
}
