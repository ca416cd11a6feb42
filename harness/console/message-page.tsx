import type { Child } from 'hono/jsx'
import { legibleText } from '#server/legible-text'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { consoleStyle } from './console-style.ts'

export const messageParts = { styles: [diagramStyle, consoleStyle], hasForms: true } as const

/** A page that says one thing. */
export function MessagePage({
  title,
  at,
  says,
  children,
}: {
  title: string
  at: string
  says: string
  children?: Child
}) {
  return (
    <Layout title={title} about={at} {...messageParts}>
      <main id="main" class="console">
        <h1>{title}</h1>
        <p role="alert">{legibleText(says)}</p>
        {children}
      </main>
    </Layout>
  )
}

/** Asks for the control token. */
export function TokenPage({ at, root, says }: { at: string; root: string; says: string }) {
  return (
    <MessagePage title="Who are you?" at={at} says={says}>
      <form method="post" action={`${root}console/token`} class="filter">
        <label>
          Control token <input type="password" name="token" autocomplete="current-password" required />
        </label>
        <button type="submit">Open the console</button>
      </form>
    </MessagePage>
  )
}
