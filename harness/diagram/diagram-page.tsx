import type { JournalEntry } from '../journal/entry-schema.ts'
import { Layout } from '../pages/layout.tsx'
import { makeDiagram } from './diagram.ts'
import { diagramStyle } from './diagram-style.ts'
import { DiagramView } from './diagram-view.tsx'
import type { Participant } from './lanes.ts'

const pageStyle = 'main { max-width: 84rem; margin: 0 auto; padding: 1.5rem }'

interface Shown {
  readonly entries: readonly JournalEntry[]
  readonly participants: readonly Participant[]
}

/** A sequence diagram as a page that needs nothing beside itself: no script, no address. */
export function diagramPage(title: string, { entries, participants }: Shown): string {
  const page = (
    <Layout title={title} about="what happened" styles={[diagramStyle, pageStyle]}>
      <main id="main">
        <h1>{title}</h1>
        <div class="card">
          <DiagramView diagram={makeDiagram(entries, participants)} />
        </div>
      </main>
    </Layout>
  )
  return page.toString()
}
