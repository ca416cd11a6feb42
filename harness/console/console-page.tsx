import { legibleText } from '#server/legible-text'
import { diagramStyle } from '../diagram/diagram-style.ts'
import { Layout } from '../pages/layout.tsx'
import { consoleStyle } from './console-style.ts'
import { Demos } from './demos-view.tsx'
import { FilterForm } from './filter-form.tsx'
import { Links } from './links.tsx'
import { liveScript } from './live-script.ts'
import type { Look } from './look.ts'
import { LookView } from './look-view.tsx'

/** What a page of the console is made of beside its markup. */
export const consoleParts = { styles: [diagramStyle, consoleStyle], script: liveScript, hasForms: true } as const

export interface ConsoleProps {
  readonly look: Look
  /** The path of the console, with a slash at its end. */
  readonly root: string
  readonly at: string
  /** Whom the buttons sign in; nobody where no identity provider runs here. */
  readonly user: string | undefined
  /** What was chosen, as a query. */
  readonly query: string
  /** Why what was wished was not done. */
  readonly problem?: string | undefined
}

/** The page on which people watch a logout happen. Without scripts it shows what was there when it was asked for. */
export function ConsolePage({ look, root, at, user, query, problem }: ConsoleProps) {
  return (
    <Layout title="Console" about={at} {...consoleParts} links={<Links root={root} current="console" />}>
      <main id="main" class="console" data-root={root} data-query={query}>
        <h1 class="unseen">Console</h1>
        {problem !== undefined && (
          <p class="problem" role="alert">
            {legibleText(problem)}
          </p>
        )}
        {user !== undefined && <Demos user={user} root={root} />}
        <div class="bar">
          <FilterForm look={look} root={root} />
          <p class="live">
            <a class="button" href={`${root}${query}`}>
              Refresh
            </a>{' '}
            <span id="liveness">as it was when this page was opened</span>
          </p>
        </div>
        <p id="news" class="unseen" role="status" />
        <div id="look" data-last={look.entries.last}>
          <LookView look={look} root={root} hasButtons={user !== undefined} />
        </div>
      </main>
    </Layout>
  )
}
