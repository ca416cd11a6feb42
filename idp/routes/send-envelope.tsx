import type { Context } from 'hono'
import type { ByBrowser, Repeat } from '../faults/repeat.ts'
import { makePaths } from '../pages/paths.ts'
import { PostFormPage } from '../pages/post-form-page.tsx'
import { TwicePage } from '../pages/twice-page.tsx'
import type { IdpParts } from '../parts.ts'
import { sendPage, sendTo } from './send.ts'

interface Sent extends Omit<Repeat, 'sent' | 'next'> {
  readonly sent: ByBrowser | { readonly way: 'soap' }
}

/** Sends the browser to a service provider with what is in an envelope. */
export async function sendEnvelope(
  c: Context,
  { config, serviceProviders }: IdpParts,
  { sent, draft, isFrame }: Sent,
): Promise<Response> {
  if (sent.way === 'redirect') return sendTo(c, sent.url)
  if (sent.way === 'soap') throw new TypeError('a browser carries no SOAP')
  const paths = makePaths(config.endpoints.basePath)
  const view = { spName: serviceProviders.nameOf(draft.to.spEntityId), asks: draft.kind === 'LogoutRequest' }
  return sendPage(c, <PostFormPage paths={paths} {...view} {...sent.form} />, { formsEnd: 'outside', isFrame })
}

/** Has the browser take an answer to a service provider twice: nothing comes back from there, so the first time is in a frame. */
export function sendTwice(c: Context, { config }: IdpParts, url: string): Promise<Response> {
  const paths = makePaths(config.endpoints.basePath)
  return sendPage(c, <TwicePage paths={paths} url={url} />, { formsEnd: 'here', hasFrames: true })
}
