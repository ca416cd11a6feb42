import { legibleText } from '#server/legible-text'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { ChecksView } from './checks-view.tsx'
import { consoleStyle } from './console-style.ts'
import type { Pasted, PastedMessages } from './explain-pasted.ts'
import { Links } from './links.tsx'
import { XmlView } from './xml-view.tsx'

export const explainParts = { styles: [diagramStyle, consoleStyle], hasForms: true } as const

interface ExplainProps {
  readonly root: string
  readonly at: string
  readonly text?: string
  readonly problem?: string
  readonly pasted?: PastedMessages | undefined
}

/** Whatever somebody has of a message, and what each rule makes of it. Nothing is changed and nothing sent. */
export function ExplainPage({ root, at, text = '', problem, pasted }: ExplainProps) {
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
        {pasted !== undefined && <Verdicts pasted={pasted} />}
      </main>
    </Layout>
  )
}

function Verdicts({ pasted: { messages, unread } }: { pasted: PastedMessages }) {
  return (
    <>
      {unread.length > 0 && (
        <section class="card" aria-labelledby="unread">
          <h2 id="unread">Not judged</h2>
          <ul>
            {unread.map((sentence) => (
              <li>{legibleText(sentence)}</li>
            ))}
          </ul>
        </section>
      )}
      {messages.map((message, index) => (
        <Verdict message={message} count={index + 1} />
      ))}
    </>
  )
}

function Verdict({ message: { where, notes, explained }, count }: { message: Pasted; count: number }) {
  return (
    <section class="card" aria-labelledby={`message-${count}`}>
      <h2 id={`message-${count}`}>
        {count}. {explained.kind ?? 'A message that cannot be read'}
      </h2>
      {where !== undefined && <p class="quiet">{legibleText(where)}</p>}
      {notes.length > 0 && <p class="quiet">Note: {legibleText(notes.join(', '))}.</p>}
      <ChecksView explained={explained} />
      {explained.document !== null && (
        <details>
          <summary>The message</summary>
          <XmlView document={explained.document} />
        </details>
      )}
    </section>
  )
}
