import type { PropsWithChildren } from 'hono/jsx'
import type { Paths } from './paths.ts'

/** The frame of every page. `script` loads the one script there is, which submits the first form. */
export function Layout(props: PropsWithChildren<{ title: string; paths: Paths; script?: boolean }>) {
  const { title, paths, script = false, children } = props
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} – sloop IdP`}</title>
        <link rel="stylesheet" href={paths.stylesheet} />
        <link rel="icon" href="data:," />
        {script && <script src={paths.script} defer />}
      </head>
      <body>
        <header>
          <a href={paths.home}>sloop identity provider</a> <span class="tag">test only</span>
        </header>
        <main>
          <h1>{title}</h1>
          {children}
        </main>
      </body>
    </html>
  )
}
