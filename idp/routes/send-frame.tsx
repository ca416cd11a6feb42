import type { Context } from 'hono'
import { LogoutFramePage } from '../pages/logout-frame-page.tsx'
import { legView } from '../pages/logout-view.ts'
import { makePaths } from '../pages/paths.ts'
import type { IdpParts } from '../parts.ts'
import type { LogoutMove } from '../slo/logout-move.ts'
import { sendPage } from './send.ts'

/** Answers the small page on which the frame of a participant ends. */
export async function sendFrame(
  c: Context,
  { config, serviceProviders }: IdpParts,
  { runId, leg }: Extract<LogoutMove, { kind: 'stay' }>,
): Promise<Response> {
  const paths = makePaths(config.endpoints.basePath)
  const view = legView(leg, (entityId) => serviceProviders.nameOf(entityId))
  return sendPage(c, <LogoutFramePage paths={paths} runId={runId} leg={view} />, { formsEnd: 'here', isFrame: true })
}
