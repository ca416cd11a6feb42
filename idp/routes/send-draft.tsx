import type { Context } from 'hono'
import type { Draft } from '../outbox/draft.ts'
import { putInEnvelope } from '../outbox/outbox.ts'
import { makePaths } from '../pages/paths.ts'
import { PostFormPage } from '../pages/post-form-page.tsx'
import type { IdpParts } from '../parts.ts'
import { sendPage, sendTo } from './send.ts'

/** Sends a message by the browser that is here: the last point of the way out. */
export async function sendDraft(
  c: Context,
  parts: IdpParts,
  draft: Draft,
  { isFrame = false } = {},
): Promise<Response> {
  const { config, serviceProviders } = parts
  const envelope = await putInEnvelope(parts, draft)
  if (envelope.way === 'redirect') return sendTo(c, envelope.url)
  if (envelope.way === 'soap') throw new TypeError('a browser carries no SOAP')
  const paths = makePaths(config.endpoints.basePath)
  const view = { spName: serviceProviders.nameOf(draft.to.spEntityId), asks: draft.kind === 'LogoutRequest' }
  return sendPage(c, <PostFormPage paths={paths} {...view} {...envelope.form} />, { formsEnd: 'outside', isFrame })
}
