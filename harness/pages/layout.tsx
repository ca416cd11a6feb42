import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import { style } from './style.ts'

interface LayoutProps {
  readonly title: string
  /** What the page is about, beside the name of the product. */
  readonly about: string
  /** Beside the stylesheet of every page; the answer must know them too. */
  readonly styles?: readonly string[]
  readonly script?: string | undefined
  /** The content security policy of a page that is a file, and so comes with no header. */
  readonly policy?: string
  /** Where else to go. */
  readonly links?: Child
  readonly children?: Child
}

/** The frame of every page on which sloop speaks of itself, and not one of its parties. */
export function Layout({ title, about, styles = [], script, policy, links, children }: LayoutProps) {
  return (
    <>
      {raw('<!doctype html>')}
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          {policy !== undefined && <meta http-equiv="Content-Security-Policy" content={policy} />}
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <link rel="icon" href="data:," />
          <title>{`${title} · sloop`}</title>
          {[style, ...styles].map((each) => (
            <style>{raw(each)}</style>
          ))}
        </head>
        <body>
          <a class="skip" href="#main">
            Skip to the content
          </a>
          <header class="masthead">
            <strong>sloop</strong> <span class="quiet">{about}</span>
            {links !== undefined && <nav aria-label="Pages">{links}</nav>}
          </header>
          {children}
          {script !== undefined && <script>{raw(script)}</script>}
        </body>
      </html>
    </>
  )
}
