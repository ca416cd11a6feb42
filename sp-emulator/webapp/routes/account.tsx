import type { Handler } from 'hono'
import { describeClock } from '#server/describe-clock'
import { AccountPage } from '../pages/account-page.tsx'
import { formPolicy } from '../pages/page-headers.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { protectedPage, requestedPath } from './protected-page.ts'

/** `GET /` and `GET /app/*` */
export function accountRoute(parts: WebAppParts): Handler {
  return protectedPage(parts, function showAccount(c, user) {
    const { title: application, basePath } = parts
    const path = requestedPath(c, parts)
    const logout = parts.profile === 'careful' ? 'form' : 'link'
    if (logout === 'form') c.header('Content-Security-Policy', formPolicy)
    const clock = describeClock(parts.clock)
    return c.html(<AccountPage {...{ application, basePath, path, clock, user, logout }} />)
  })
}
