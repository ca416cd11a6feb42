import type { Context } from 'hono'
import { type Delivery, deliverOtherwise } from '#server/delivery'
import type { ByBrowser } from '../faults/repeat.ts'
import type { Draft } from '../outbox/draft.ts'
import type { Envelope } from '../outbox/envelope.ts'
import { sendOut } from '../outbox/send-out.ts'
import { ErrorPage } from '../pages/error-page.tsx'
import { makePaths } from '../pages/paths.ts'
import type { IdpParts } from '../parts.ts'
import { sendPage, sendTo } from './send.ts'
import { sendEnvelope, sendTwice } from './send-envelope.tsx'

interface Place {
  /** Only a frame of ours shows what is answered. */
  readonly isFrame?: boolean
  /** The logout that it is part of. */
  readonly runId?: string | undefined
}

/** Sends a message by the browser that is here: the last point of the way out. */
export async function sendDraft(c: Context, parts: IdpParts, draft: Draft, place: Place = {}): Promise<Response> {
  const { isFrame = false } = place
  const { delivery, ...envelope } = await sendOut(parts, draft, 'browser')
  const inPlace = delivery && (await inPlaceOf(c, parts, { delivery, draft, place }))
  if (inPlace !== undefined) return inPlace
  if (delivery === 'twice' && draft.kind === 'LogoutResponse' && envelope.way === 'redirect') {
    return sendTwice(c, parts, envelope.url)
  }
  if (delivery === 'twice') await repeatLater(parts, { envelope, draft, isFrame })
  return sendEnvelope(c, parts, { sent: envelope, draft, isFrame })
}

interface Once {
  readonly envelope: Envelope
  readonly draft: Draft
  readonly isFrame: boolean
}

/** Once it is answered the browser takes it again. */
async function repeatLater({ config, repeats }: IdpParts, { envelope, draft, isFrame }: Once): Promise<void> {
  if (envelope.way === 'soap') return
  const until = config.clock.now() + config.lifetimes.pendingSeconds * 1_000
  const { kind, to } = draft
  await repeats.keep(envelope.id, { sent: carriedOnly(envelope), draft: { kind, to }, isFrame }, until)
}

/** Without what it was made of. */
function carriedOnly(envelope: Extract<Envelope, ByBrowser>): ByBrowser {
  return envelope.way === 'redirect'
    ? { way: envelope.way, url: envelope.url }
    : { way: envelope.way, form: envelope.form }
}

interface Delivered {
  readonly delivery: Delivery
  readonly draft: Draft
  readonly place: Place
}

/** What the browser gets in place of a message that does not go out: our own page about it, an empty frame, a failure, or no answer at all. */
function inPlaceOf(
  c: Context,
  { config: { endpoints, faults } }: IdpParts,
  { delivery, draft, place }: Delivered,
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
