import type { Context } from 'hono'
import { type Delivery, deliverOtherwise } from '#server/delivery'
import type { Draft } from '../outbox/draft.ts'
import type { Envelope } from '../outbox/envelope.ts'
import { sendOut } from '../outbox/send-out.ts'
import { ErrorPage } from '../pages/error-page.tsx'
import { makePaths } from '../pages/paths.ts'
import { PostFormPage } from '../pages/post-form-page.tsx'
import type { IdpParts } from '../parts.ts'
import { sendPage, sendTo } from './send.ts'

interface Place {
  /** Only a frame of ours shows what is answered. */
  readonly isFrame?: boolean
  /** The logout that it is part of. */
  readonly runId?: string | undefined
}

/** Sends a message by the browser that is here: the last point of the way out. */
export async function sendDraft(c: Context, parts: IdpParts, draft: Draft, place: Place = {}): Promise<Response> {
  const { delivery, ...envelope } = await sendOut(parts, draft, 'browser')
  const inPlace = delivery && (await inPlaceOf(c, parts, { delivery, draft, place }))
  return inPlace ?? sendEnvelope(c, parts, { envelope, draft, place })
}

interface Sent {
  readonly draft: Draft
  readonly place: Place
}

async function sendEnvelope(
  c: Context,
  { config, serviceProviders }: IdpParts,
  { envelope, draft, place }: Sent & { readonly envelope: Envelope },
): Promise<Response> {
  if (envelope.way === 'redirect') return sendTo(c, envelope.url)
  if (envelope.way === 'soap') throw new TypeError('a browser carries no SOAP')
  const paths = makePaths(config.endpoints.basePath)
  const view = { spName: serviceProviders.nameOf(draft.to.spEntityId), asks: draft.kind === 'LogoutRequest' }
  const { isFrame = false } = place
  return sendPage(c, <PostFormPage paths={paths} {...view} {...envelope.form} />, { formsEnd: 'outside', isFrame })
}

/** What the browser gets in place of a message that does not go out: our own page about it, an empty frame, a failure, or no answer at all. */
function inPlaceOf(
  c: Context,
  { config: { endpoints, faults } }: IdpParts,
  { delivery, draft, place }: Sent & { readonly delivery: Delivery },
): Promise<Response | undefined> {
  const { isFrame = false, runId } = place
  const paths = makePaths(endpoints.basePath)
  const message = `A fault that is armed answers this in place of a ${draft.kind}.`
  const view = { paths, title: 'Failed', code: 'FAULT', message, facts: [], nothingHappened: false }
  return deliverOtherwise(delivery, {
    ...{ wait: faults.wait, env: c.env },
    never: () => {
      if (isFrame) return sendPage(c, '', { formsEnd: 'here', isFrame })
      return sendTo(c, runId === undefined ? paths.home : `${paths.logout}?run=${runId}`)
    },
    failure: () => sendPage(c, <ErrorPage {...view} />, { status: 500, formsEnd: 'here', isFrame }),
  })
}
