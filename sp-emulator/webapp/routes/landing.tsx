import type { Handler } from 'hono'
import { ownPath } from '../own-path.ts'
import { NoticePage } from '../pages/notice-page.tsx'
import type { WebAppParts } from '../web-app-parts.ts'

/** `GET /security/logged_out`. Anybody may write the address, so nothing of its query is shown. */
export function loggedOutRoute({ title, baseUrl }: WebAppParts): Handler {
  return function showLoggedOut(c) {
    const text = 'Your session in this application has ended.'
    const link = { label: 'Log in', href: ownPath(c.req.query('next') ?? '/', baseUrl) }
    return c.html(<NoticePage application={title} headline="You are logged out" text={text} link={link} />)
  }
}

/** `GET /security/unauthenticated?next=…` */
export function unauthenticatedRoute({ title, baseUrl }: WebAppParts): Handler {
  return function showUnauthenticated(c) {
    const link = { label: 'Log in', href: ownPath(c.req.query('next') ?? '/', baseUrl) }
    const text = 'The login or logout did not succeed. Please log in again.'
    return c.html(<NoticePage application={title} headline="Unauthenticated" text={text} link={link} failed />, 401)
  }
}
