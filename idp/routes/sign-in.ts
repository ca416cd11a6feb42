import type { Handler } from 'hono'
import type { IdpParts } from '../parts.ts'
import { signIn } from '../sso/sign-in.ts'
import type { SsoTask } from '../sso/sso-task.ts'
import { answerTaken, takeTask } from './continue-sso.tsx'
import { keepCookie } from './cookies.ts'
import { currentSession } from './current-session.ts'
import { HttpRefusal } from './http-refusal.ts'
import { readForm } from './read-form.ts'
import { sendTo } from './send.ts'

/** POST /sign-in: somebody clicked a user, on the way to a service provider or on the portal. */
export function signInRoute(parts: IdpParts): Handler {
  const { users, config } = parts
  const { endpoints } = config
  return async function signInRoute(c) {
    const form = await readForm(c)
    const user = users.find(form.get('user') ?? '')
    if (user === undefined) {
      const expected = users.list().map(({ name }) => name)
      throw new HttpRefusal('UNKNOWN_USER', 'there is no such user', { expected, actual: form.get('user') })
    }
    const pending = form.get('pending')
    const task = pending === undefined ? undefined : await takeTask(parts, pending)
    const session = await signIn(parts, user, await currentSession(c, parts))
    keepCookie(c, { endpoints, kind: 'session', value: session.id })
    if (task === undefined) return sendTo(c, `${endpoints.basePath}/`)
    return answerTaken(c, parts, { task: askedOnce(task), session })
  }
}

/** Who has just signed in need not be asked again. */
function askedOnce(task: SsoTask): SsoTask {
  return task.request === undefined ? task : { ...task, request: { ...task.request, forceAuthn: false } }
}
