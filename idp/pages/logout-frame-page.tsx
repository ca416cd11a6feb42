import { legibleText } from '#server/legible-text'
import { Foreign } from './foreign.tsx'
import type { LogoutLegView } from './logout-view.ts'
import type { Paths } from './paths.ts'

/** Where the frame of one participant ends: a small page, and never the next message. */
export function LogoutFramePage({ paths, runId, leg }: { paths: Paths; runId: string; leg: LogoutLegView }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`Logout at ${legibleText(leg.spName)} – sloop IdP`}</title>
        <link rel="stylesheet" href={paths.stylesheet} />
      </head>
      <body data-leg={leg.tone}>
        <p class={leg.tone}>
          <strong>
            <Foreign text={leg.spName} />
          </strong>{' '}
          <Foreign text={leg.says} />
        </p>
        <p>
          <a href={`${paths.nextOfLogout}?run=${runId}`} target="_top">
            The whole logout
          </a>
        </p>
      </body>
    </html>
  )
}
