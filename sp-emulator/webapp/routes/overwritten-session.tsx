import type { Handler } from 'hono'
import { ownPath } from '../own-path.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import type { WebAppParts } from '../web-app-parts.ts'
import { protectedPage } from './protected-page.ts'

/** `GET /security/overwritten_session?next=…` */
export function overwrittenSessionRoute(parts: WebAppParts): Handler {
  return protectedPage(parts, function tellAboutOverwrittenSession(c, user) {
    const next = ownPath(c.req.query('next') ?? '/', parts.baseUrl)
    return c.html(
      <NoticePage
        application={parts.title}
        headline="You were signed in as another user"
        text={`Your browser had a session of somebody else. It has ended, and you are now signed in as ${user.username}.`}
        link={{ label: `Continue as ${user.username}`, href: next }}
      />,
    )
  })
}
