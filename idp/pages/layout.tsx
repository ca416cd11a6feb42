import type { PropsWithChildren } from 'hono/jsx'
import type { Paths } from './paths.ts'

interface LayoutProps {
  title: string
  paths: Paths
  script?: string
  /** What is to be said of the clock, when it is not the machine's. */
  clock?: string | undefined
  /** The page goes on by itself, scripts or not. */
  refresh?: { seconds: number; url: string } | undefined
}

/** What every page has around it. */
export function Layout({ title, paths, script, clock, refresh, children }: PropsWithChildren<LayoutProps>) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – sloop IdP`}</title>
        <link rel="stylesheet" href={paths.stylesheet} />
        <link rel="icon" href="data:," />
        {refresh !== undefined && <meta http-equiv="refresh" content={`${refresh.seconds};url=${refresh.url}`} />}
        {script !== undefined && <script src={script} defer />}
      </head>
      <body>
        <header>
          <a href={paths.home}>sloop identity provider</a> <span class="tag">test only</span>
        </header>
        <main>
          <h1>{title}</h1>
          {children}
          {clock !== undefined && <p class="hint">{`The clock of this identity provider ${clock}.`}</p>}
        </main>
      </body>
    </html>
  )
}
