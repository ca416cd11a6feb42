import type { Context, Handler } from 'hono'
import { findUser } from '../directory/users.ts'
import { makePaths } from '../pages/paths.ts'
import { PortalPage, type PortalView } from '../pages/portal-page.tsx'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { decideNextStep } from '../slo/logout-run.ts'
import { readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { sendPage, sendTo } from './send.ts'

/** GET /: who is signed in and who takes part. Somebody whose logout got stuck finds the way on from here. */
export function portal(parts: IdpParts): Handler {
  const paths = makePaths(parts.config.endpoints.basePath)
  return async function portal(c) {
    const session = await currentSession(c, parts)
    const stuck = session === undefined ? await findUnfinishedRun(c, parts) : undefined
    if (stuck !== undefined) return sendTo(c, `${paths.logout}?run=${stuck.id}`)
    return sendPage(c, <PortalPage paths={paths} {...viewOf(parts, session)} />, { formsEnd: 'outside' })
  }
}

async function findUnfinishedRun(c: Context, { logoutRuns }: IdpParts) {
  const run = await logoutRuns.find(readCookie(c, 'logoutRun') ?? '')
  return run !== undefined && decideNextStep(run).kind !== 'finish' ? run : undefined
}

function viewOf(parts: IdpParts, session: IdpSession | undefined): Omit<PortalView, 'paths'> {
  const { config, serviceProviders, tolerations } = parts
  return {
    users: config.users,
    signedIn: session && signedInView(parts, session),
    serviceProviders: serviceProviders.list().map(({ metadata: { entityId } }) => {
      return { entityId, name: serviceProviders.nameOf(entityId) }
    }),
    tolerated: tolerations
      .list()
      .toReversed()
      .map(({ spEntityId, word, message, times }) => {
        return { spName: serviceProviders.nameOf(spEntityId), word, says: message, times }
      }),
  }
}

function signedInView({ config, serviceProviders }: IdpParts, { userName, participants }: IdpSession) {
  return {
    userName,
    displayName: findUser(config.users, userName)?.displayName ?? userName,
    participants: participants.map(({ spEntityId, nameId, sessionIndex }) => {
      const spName = serviceProviders.nameOf(spEntityId)
      return { spName, nameId: nameId.value, nameIdFormat: nameId.format, sessionIndex }
    }),
  }
}
