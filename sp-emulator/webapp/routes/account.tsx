import type { Handler } from 'hono'
import { AccountPage } from '../pages/account-page.tsx'
import { formPolicy } from '../pages/page-headers.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { protectedPage } from './protected-page.ts'

/** `GET /` and `GET /app/*` */
export function accountRoute(parts: WebAppParts): Handler {
  return protectedPage(parts, function showAccount(c, user) {
    const { pathname, search } = new URL(c.req.url)
    const logout = parts.profile === 'careful' ? 'form' : 'link'
    if (logout === 'form') c.header('Content-Security-Policy', formPolicy)
    return c.html(<AccountPage application={parts.title} path={pathname + search} user={user} logout={logout} />)
  })
}
