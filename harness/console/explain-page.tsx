import { legibleText } from '#server/legible-text'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { ChecksView } from './checks-view.tsx'
import { consoleStyle } from './console-style.ts'
import type { Explained } from './explain-message.ts'
import { Links } from './links.tsx'

export const explainParts = { styles: [diagramStyle, consoleStyle], hasForms: true } as const

interface ExplainProps {
  readonly root: string
  readonly at: string
  readonly text?: string
  readonly problem?: string
  readonly explained?: readonly Explained[]
}

/** Whatever somebody has of a message, and what each rule makes of it. Nothing is changed and nothing sent. */
export function ExplainPage({ root, at, text = '', problem, explained = [] }: ExplainProps) {
  return (
    <Layout title="Explain" about={at} {...explainParts} links={<Links root={root} current="explain" />}>
      <main id="main" class="console detail">
        <h1>Explain a message</h1>
        {problem !== undefined && (
          <p class="problem" role="alert">
            {legibleText(problem)}
          </p>
        )}
        <form method="post" action={`${root}console/explain`} class="card">
          <label for="text">
            An address from a browser or a log, a query, a form, base64, XML, a HAR or an export of SAML-tracer. Nothing
            is sent or changed.
          </label>
          <textarea id="text" name="text" rows={8} required spellcheck={false}>
            {text}
          </textarea>
          <button type="submit">Explain</button>
        </form>
        {explained.map((each, index) => (
          <section class="card" aria-label={`Message ${index + 1}`}>
            <ChecksView explained={each} />
          </section>
        ))}
      </main>
    </Layout>
  )
}
