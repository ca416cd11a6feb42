import type { Handler } from 'hono'
import { LogoutPage } from '../pages/logout-page.tsx'
import { logoutView } from '../pages/logout-view.ts'
import { makePaths } from '../pages/paths.ts'
import type { IdpParts } from '../parts.ts'
import { advanceLogout } from '../slo/advance-logout.ts'
import { beginLogout } from '../slo/begin-logout.ts'
import { giveUpWaiting } from '../slo/change-legs.ts'
import { changeRun } from '../slo/change-run.ts'
import { currentSession } from './current-session.ts'
import { HttpRefusal } from './http-refusal.ts'
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
  const { config, serviceProviders, logoutRuns } = parts
  const paths = makePaths(config.endpoints.basePath)
  return async function showLogout(c) {
    const run = await logoutRuns.find(c.req.query('run') ?? '')
    if (run === undefined) throw noSuchLogout()
    const view = logoutView(run, (entityId) => serviceProviders.nameOf(entityId))
    return sendPage(c, <LogoutPage paths={paths} {...view} />, { formsEnd: 'outside' })
  }
}

/** POST /logout/continue: the person does not wait any longer (saml-profiles-2.0 §4.4.3.3). */
export function continueLogout(parts: IdpParts): Handler {
  return async function continueLogout(c) {
    const form = await readForm(c)
    const run = await changeRun(parts, form.get('run') ?? '', giveUpWaiting)
    if (run === undefined) throw noSuchLogout()
    return sendMove(c, parts, await advanceLogout(parts, run.id))
  }
}

function noSuchLogout(): HttpRefusal {
  return new HttpRefusal('NO_SUCH_LOGOUT', 'no such logout is known, or it is long over')
}
