import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { legibleText } from '#server/legible-text'
import { style } from './page-headers.ts'

interface LayoutProps {
  readonly name: string
  readonly headline: string
  /** What is to be said of its clock, when that is not the machine's. */
  readonly clock?: string | undefined
  readonly children?: Child
}

/** The frame of every page. */
export function Layout({ name, headline, clock, children }: LayoutProps) {
  const title = legibleText(headline)
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <title>{`${title} · ${name}`}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <header>
            <bdi>{name}</bdi> · a partner
          </header>
          <main>
            <h1>{title}</h1>
            {children}
            {clock !== undefined && <p>{`The clock of this partner ${clock}.`}</p>}
          </main>
        </body>
      </html>
    </>
  )
}
