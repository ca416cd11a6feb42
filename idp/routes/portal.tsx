import type { Context, Handler } from 'hono'
import { describeClock } from '#server/describe-clock'
import { keyWarnings } from '../directory/key-warnings.ts'
import { makePaths } from '../pages/paths.ts'
import { PortalPage, type PortalView } from '../pages/portal-page.tsx'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { lookAtRun } from '../slo/change-run.ts'
import { decideNextStep } from '../slo/logout-run.ts'
import { readCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { sendPage } from './send.ts'

/** GET /: who is signed in and who takes part. Somebody whose logout got stuck finds the way on from here. */
export function portal(parts: IdpParts): Handler {
  const paths = makePaths(parts.config.endpoints.basePath)
  return async function portal(c) {
    const session = await currentSession(c, parts)
    const unfinished = await findUnfinishedRun(c, parts, session)
    const tolerated = await toleratedView(parts)
    const view = { ...viewOf(parts, session), tolerated, unfinished }
    return sendPage(c, <PortalPage paths={paths} {...view} />, { formsEnd: 'outside' })
  }
}

async function findUnfinishedRun(c: Context, parts: IdpParts, living: IdpSession | undefined) {
  const run = await lookAtRun(parts, (await findRun(c, parts, living)) ?? '')
  return run !== undefined && decideNextStep(run).kind !== 'finish' ? run : undefined
}

/**
 * The browser may know only the session that was ended: the answer with the name of its run need not have reached it. The run of a session that lives was
 * never begun, whatever became of who stored it: with the next logout that session ends, and another run tells its participants.
 */
async function findRun(
  c: Context,
  { config: { endpoints }, logoutRuns }: IdpParts,
  living: IdpSession | undefined,
): Promise<string | undefined> {
  const session = readCookie(c, { endpoints, kind: 'session' })
  const run = session === undefined ? undefined : await logoutRuns.findBySession(session)
  const isBegun = run !== undefined && (living === undefined || run.keepsSession)
  return isBegun ? run.id : readCookie(c, { endpoints, kind: 'logoutRun' })
}

function viewOf(
  parts: IdpParts,
  session: IdpSession | undefined,
): Omit<PortalView, 'paths' | 'tolerated' | 'unfinished'> {
  const { config, users, serviceProviders } = parts
  return {
    clock: describeClock(config.clock),
    users: users.list(),
    signedIn: session && signedInView(parts, session),
    serviceProviders: serviceProviders.list().map(({ metadata: { entityId } }) => {
      return { entityId, name: serviceProviders.nameOf(entityId) }
    }),
    weakKeys: keyWarnings(parts).map(({ spEntityId, says }) => {
      return { owner: spEntityId === undefined ? 'this identity provider' : serviceProviders.nameOf(spEntityId), says }
    }),
  }
}

/** The latest first. */
async function toleratedView({ tolerations, serviceProviders }: IdpParts): Promise<PortalView['tolerated']> {
  const all = await tolerations.list()
  return all.toReversed().map(({ spEntityId, word, message, times }) => {
    return { spName: serviceProviders.nameOf(spEntityId), word, says: message, times }
  })
}

function signedInView({ users, serviceProviders }: IdpParts, { userName, participants }: IdpSession) {
  return {
    userName,
    displayName: users.find(userName)?.displayName ?? userName,
    participants: participants.map(({ spEntityId, nameId, sessionIndex }) => {
      const spName = serviceProviders.nameOf(spEntityId)
      return { spName, nameId: nameId.value, nameIdFormat: nameId.format, sessionIndex }
    }),
  }
}
