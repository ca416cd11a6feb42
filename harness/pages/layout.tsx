import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { style } from './style.ts'

interface LayoutProps {
  readonly title: string
  /** What the page is about, beside the name of the product. */
  readonly about: string
  readonly children?: Child
}

/** The frame of every page on which sloop speaks of itself, and not one of its parties. */
export function Layout({ title, about, children }: LayoutProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <title>{`${title} · sloop`}</title>
          <style>{raw(style)}</style>
        </head>
        <body>
          <a class="skip" href="#main">
            Skip to the content
          </a>
          <header class="masthead">
            <strong>sloop</strong> <span class="quiet">{about}</span>
          </header>
          {children}
        </body>
      </html>
    </>
  )
}
