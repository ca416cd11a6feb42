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

/** GET /sso/continue: answers a login that was accepted, or asks who it is for and leaves it until somebody says so. */
export function continueSso(parts: IdpParts): Handler {
  return async function continueSso(c) {
    const session = await currentSession(c, parts)
    const task = (await parts.ssoTasks.find(c.req.query('pending') ?? '')) ?? nothingPending()
    const { decision } = decide(parts, { task, session })
    if (decision.kind === 'ask-to-sign-in') return askToSignIn(c, parts, task, decision.reason)
    return answerTaken(c, parts, { task: await takeTask(parts, task.id), session })
  }
}

/**
 * The login with this id, which nobody else gets: it is answered once, however often a page is clicked at the same time.
 * @throws HttpRefusal when it was answered before, or waited too long.
 */
export async function takeTask({ ssoTasks }: IdpParts, id: string): Promise<SsoTask> {
  return (await ssoTasks.take(id)) ?? nothingPending()
}

function nothingPending(): never {
  throw new HttpRefusal('NOTHING_PENDING', 'this sign-in was finished before or waited too long: start again')
}

interface Asked {
  readonly task: SsoTask
  readonly session: IdpSession | undefined
}

/** Answers a login that was taken; one that nobody is signed in for is put back, and somebody asked who it is for. */
export async function answerTaken(c: Context, parts: IdpParts, { task, session }: Asked): Promise<Response> {
  const { decision, sp } = decide(parts, { task, session })
  if (decision.kind === 'refuse') return sendDraft(c, parts, refusalDraft(parts.config, task, decision.status))
  const login = decision.kind === 'assert' ? await logInAt(parts, task, { session: decision.session, sp }) : undefined
  if (login !== undefined) return sendDraft(c, parts, login.draft)
  await parts.ssoTasks.putBack(task)
  return askToSignIn(c, parts, task, decision.kind === 'assert' ? 'no-session' : decision.reason)
}

function decide({ config, serviceProviders }: IdpParts, { task, session }: Asked) {
  const sp = serviceProviders.get(task.spEntityId)
  if (sp === undefined) throw new HttpRefusal('UNKNOWN_SERVICE_PROVIDER', 'there is no such service provider any more')
  return { sp, decision: decideSso(task, { session, sp, idpEntityId: config.entityId }) }
}

function askToSignIn(c: Context, parts: IdpParts, task: SsoTask, reason: SignInView['reason']) {
  const { config, users, serviceProviders } = parts
  const paths = makePaths(config.endpoints.basePath)
  const spName = serviceProviders.nameOf(task.spEntityId)
  const clock = describeClock(config.clock)
  const view = { paths, clock, users: users.list(), pending: task.id, spName, reason }
  return sendPage(c, <SignInPage {...view} />, { formsEnd: 'here' })
}
