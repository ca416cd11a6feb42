import type { Context } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { deliverOtherwise } from '#server/delivery'
import { NoticePage } from '../pages/notice-page.tsx'
import type { PartnerParts } from '../partner-parts.ts'
import type { Outgoing } from '../send-out.ts'

/** Sends the browser to the IdP with a message, or answers what it gets in place of that. */
export async function leaveForIdp(
  c: Context,
  parts: PartnerParts,
  { url, delivery, status = 303 }: Outgoing & { readonly status?: 302 | 303 },
): Promise<Response> {
  const { name, endpoints, faults } = parts
  const page = (text: string, code: ContentfulStatusCode) =>
    c.html(<NoticePage name={name} basePath={endpoints.basePath} headline="Not sent" text={text} />, code)
  const inPlace =
    delivery &&
    (await deliverOtherwise(delivery, {
      ...{ wait: faults.wait, env: c.env },
      never: () => page('This partner wrote a message and did not send it: a fault is armed.', 200),
      failure: () => page('This partner fails on purpose: a fault is armed.', 500),
    }))
  return inPlace ?? c.redirect(url, status)
}
