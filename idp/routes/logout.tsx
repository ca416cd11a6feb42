import type { Handler } from 'hono'
import { describeClock } from '#server/describe-clock'
import { LogoutPage } from '../pages/logout-page.tsx'
import { logoutView } from '../pages/logout-view.ts'
import { makePaths } from '../pages/paths.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout } from '../slo/advance-logout.ts'
import { beginAgain, beginLogout } from '../slo/begin-logout.ts'
import { giveUpWaiting } from '../slo/change-legs.ts'
import { changeRun, lookAtRun } from '../slo/change-run.ts'
import type { LogoutRun } from '../slo/logout-run.ts'
import { currentSession } from './current-session.ts'
import { HttpRefusal, noSuchLogout } from './http-refusal.ts'
import { readForm } from './read-form.ts'
import { sendPage, sendTo } from './send.ts'
import { sendMove } from './slo.ts'

/** POST /logout: "Log out everywhere" on the portal. */
export function startLogout(parts: IdpParts): Handler {
  const { home } = makePaths(parts.config.endpoints.basePath)
  return async function startLogout(c) {
    const session = await currentSession(c, parts)
    const run = session && (await beginLogout(parts, { kind: 'portal' }, { sessions: [session], isMeant: () => true }))
    return run === undefined ? sendTo(c, home) : sendMove(c, parts, await advanceLogout(parts, run.id))
  }
}

/** GET /logout: how far a logout has come, or how it ended. It asks nobody, so it may be looked at again. */
export function showLogout(parts: IdpParts): Handler {
  const { config, behaviour, serviceProviders } = parts
  const paths = makePaths(config.endpoints.basePath)
  return async function showLogout(c) {
    const run = await lookAtRun(parts, c.req.query('run') ?? '')
    if (run === undefined) throw noSuchLogout()
    const { participantTimeoutMs } = behaviour.now()
    const nameOf = (entityId: string) => serviceProviders.nameOf(entityId)
    const view = logoutView(run, { nameOf, now: config.clock.now(), participantTimeoutMs })
    const hasFrames = view.legs.some(({ frame }) => frame !== undefined)
    return sendPage(c, <LogoutPage paths={paths} clock={describeClock(config.clock)} {...view} />, {
      formsEnd: 'outside',
      hasFrames,
    })
  }
}

/** POST /logout/continue: the person does not wait any longer (saml-profiles-2.0 §4.4.3.3). */
export function continueLogout(parts: IdpParts): Handler {
  return async function continueLogout(c) {
    const form = await readForm(c)
    const run = await getCarriedRun(parts, form.get('run'))
    await changeRun(parts, run.id, giveUpWaiting)
    return sendMove(c, parts, await advanceLogout(parts, run.id))
  }
}

/** GET /logout/next: goes on without waiting for a click, and without giving anybody up before their time. Who knows the name of a run may carry it. */
export function nextOfLogout(parts: IdpParts): Handler {
  return async function nextOfLogout(c) {
    const run = await getCarriedRun(parts, c.req.query('run'))
    return sendMove(c, parts, await advanceLogout(parts, run.id))
  }
}

/** POST /logout/again: asks those again that did not confirm, in a run of its own. */
export function restartLogout(parts: IdpParts): Handler {
  return async function restartLogout(c) {
    const form = await readForm(c)
    const run = await getCarriedRun(parts, form.get('run'))
    const again = await beginAgain(parts, run)
    return sendMove(c, parts, await advanceLogout(parts, again.id))
  }
}

/** A run as it stands now, that a browser may carry on. @throws HttpRefusal when there is none, or it is not for a browser */
async function getCarriedRun(parts: IdpParts, runId: string | null | undefined): Promise<LogoutRun> {
  const run = await lookAtRun(parts, runId ?? '')
  if (run === undefined) throw noSuchLogout()
  if (run.origin.kind !== 'minted') return run
  throw new HttpRefusal(
    'MINTED_LOGOUT',
    'a LogoutRequest that was minted is answered by whoever got it, nobody goes on with it',
  )
}
