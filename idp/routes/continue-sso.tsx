import type { Context, Handler } from 'hono'
import { describeClock } from '#server/describe-clock'
import { makePaths } from '../pages/paths.ts'
import { SignInPage, type SignInView } from '../pages/sign-in-page.tsx'
import type { IdpParts } from '../parts.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import { decideSso } from '../sso/decide-sso.ts'
import { logInAt } from '../sso/log-in-at.ts'
import { refusalDraft } from '../sso/login-drafts.ts'
import type { SsoTask } from '../sso/sso-task.ts'
import { currentSession } from './current-session.ts'
import { HttpRefusal } from './http-refusal.ts'
import { sendPage } from './send.ts'
import { sendDraft } from './send-draft.tsx'

/** GET /sso/continue: answers a login that was accepted, or asks who it is for. */
export function continueSso(parts: IdpParts): Handler {
  return async function continueSso(c) {
    const session = await currentSession(c, parts)
    return answerTask(c, parts, { task: takeTask(parts, c.req.query('pending')), session })
  }
}

/**
 * The login with this id, which nobody else gets: it is answered once, however often a page is clicked at the same time.
 * @throws HttpRefusal when it was answered before, or waited too long.
 */
export function takeTask({ ssoTasks }: IdpParts, id: string | undefined): SsoTask {
  const task = ssoTasks.take(id ?? '')
  if (task !== undefined) return task
  throw new HttpRefusal('NOTHING_PENDING', 'this sign-in was finished before or waited too long: start again')
}

interface Asked {
  readonly task: SsoTask
  readonly session: IdpSession | undefined
}

/** Answers a login that was taken, or asks who it is for and keeps it until somebody says so. */
export async function answerTask(c: Context, parts: IdpParts, { task, session }: Asked): Promise<Response> {
  const sp = parts.serviceProviders.get(task.spEntityId)
  if (sp === undefined) throw new HttpRefusal('UNKNOWN_SERVICE_PROVIDER', 'there is no such service provider any more')
  const decision = decideSso(task, { session, sp, idpEntityId: parts.config.entityId })
  if (decision.kind === 'ask-to-sign-in') return askToSignIn(c, parts, task, decision.reason)
  const draft =
    decision.kind === 'assert'
      ? (await logInAt(parts, task, { session: decision.session, sp }))?.draft
      : refusalDraft(parts.config, task, decision.status)
  return draft === undefined ? askToSignIn(c, parts, task, 'no-session') : sendDraft(c, parts, draft)
}

function askToSignIn(c: Context, parts: IdpParts, task: SsoTask, reason: SignInView['reason']) {
  const { config, users, serviceProviders, ssoTasks } = parts
  ssoTasks.putBack(task)
  const paths = makePaths(config.endpoints.basePath)
  const spName = serviceProviders.nameOf(task.spEntityId)
  const clock = describeClock(config.clock)
  const view = { paths, clock, users: users.list(), pending: task.id, spName, reason }
  return sendPage(c, <SignInPage {...view} />, { formsEnd: 'here' })
}
