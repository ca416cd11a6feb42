import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { legibleText } from '#server/legible-text'
import { style } from './style.ts'

interface LayoutProps {
  readonly application: string
  readonly headline: string
  readonly failed?: boolean
  /** What is to be said of the clock, when it is not the machine's. */
  readonly clock?: string | undefined
  readonly children?: Child
}

/** The frame of every page. The headline is also the page's title, so that a tab and a screen reader say the same. */
export function Layout({ application, headline, failed = false, clock, children }: LayoutProps) {
  const title = legibleText(headline)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <title>{`${title} · ${application}`}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <header>{application}</header>
          <main class={failed ? 'failed' : ''}>
            <h1>{title}</h1>
            {children}
            {clock !== undefined && <p class="quiet">{`The clock of this application ${clock}.`}</p>}
          </main>
        </body>
      </html>
    </>
  )
}
