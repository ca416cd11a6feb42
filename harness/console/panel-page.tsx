import { legibleText } from '#server/legible-text'
import type { DescribedOperation } from '../control/describe-operations.ts'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { consoleStyle } from './console-style.ts'
import type { Refused } from './field-view.tsx'
import type { KnownHere } from './known-here.ts'
import { Links } from './links.tsx'
import { OperationForm } from './operation-form.tsx'

export const panelParts = { styles: [diagramStyle, consoleStyle], hasForms: true } as const

interface PanelProps {
  readonly operations: readonly DescribedOperation[]
  readonly chosen: DescribedOperation
  /** What there is here to name. */
  readonly known: KnownHere
  readonly root: string
  readonly at: string
  /** What was sent last. */
  readonly form?: URLSearchParams
  readonly refused?: Refused
  /** What was answered, as JSON; empty when that is nothing. */
  readonly answer?: string
}

/** A form for every operation that changes something, or that is asked more than a link can say. */
export function PanelPage({ operations, chosen, known, root, at, form, refused, answer }: PanelProps) {
  return (
    <Layout title={chosen.name} about={at} {...panelParts} links={<Links root={root} current="panel" />}>
      <div class="beside">
        <nav class="contents" aria-label="Operations">
          <h2>Operations</h2>
          <ul>
            {operations.map(({ name }) => (
              <li>
                <a
                  href={`${root}console/panel?operation=${name}`}
                  aria-current={name === chosen.name ? 'page' : undefined}
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <main id="main">
          <h1>{chosen.name}</h1>
          <p>{chosen.says}</p>
          {refused !== undefined && (
            <p class="problem" role="alert">
              {legibleText(refused.says)}
            </p>
          )}
          {answer !== undefined && (
            <section class="card" aria-labelledby="answer" role="status">
              <h2 id="answer">Done</h2>
              {answer !== '' && <pre>{answer.split('\n').map(legibleText).join('\n')}</pre>}
            </section>
          )}
          <OperationForm operation={chosen} known={known} root={root} form={form} refused={refused} />
        </main>
      </div>
    </Layout>
  )
}
