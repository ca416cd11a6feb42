import type { Handler } from 'hono'
import { ownPath } from '../own-path.ts'
import { LeavingPage } from '../pages/leaving-page.tsx'
import { leavingPagePolicy } from '../pages/page-headers.ts'
import { capturedPath } from '../wanted-path.ts'
import type { WebAppParts } from '../web-app-parts.ts'

const goOnWithHash =
  "location.replace(document.querySelector('a.button').getAttribute('href') + encodeURIComponent(location.hash))"

/** `GET /internal/security/capture-url?next=…`: saves the part of the address behind `#`, which browsers keep through redirects and never send. */
export function captureUrlRoute({ title, baseUrl, newSecret }: WebAppParts): Handler {
  return function captureUrl(c) {
    const href = capturedPath(ownPath(c.req.query('next') ?? '/', baseUrl))
    const nonce = newSecret()
    c.header('Content-Security-Policy', leavingPagePolicy(nonce))
    const page = { application: title, headline: 'Logging in', href, nonce, script: goOnWithHash }
    return c.html(<LeavingPage {...page} />)
  }
}
