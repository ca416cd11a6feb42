import { readBody } from '#server/read-body'
import { whyNotAdmitted } from '../control/admission.ts'
import { keepToken } from '../control/token-cookie.ts'
import { pageAnswer, redirectTo } from '../pages/page-answer.ts'
import { messageParts, TokenPage } from './message-page.tsx'
import type { Visit } from './visit.ts'

const mostOctets = 4096

/** A browser whose user knows the token keeps it. @throws ControlError when he may not come in with any */
export async function takeToken({ request, admission, root, at }: Visit): Promise<Response> {
  if (request.method !== 'POST') return redirectTo(root)
  const octets = await readBody(request, mostOctets)
  const token = typeof octets === 'string' ? '' : (new URLSearchParams(octets.toString()).get('token') ?? '')
  const cookie = keepToken(request, { token, path: root })
  const headers = new Headers(request.headers)
  headers.delete('authorization')
  headers.set('cookie', cookie.slice(0, cookie.indexOf(';')))
  const refusal = whyNotAdmitted(new Request(request.url, { headers }), admission)
  if (refusal === undefined) return redirectTo(root, { 'Set-Cookie': cookie })
  if (refusal.status !== 401) throw refusal
  return pageAnswer(<TokenPage at={at} root={root} says="This is not the control token." />, {
    ...messageParts,
    status: 401,
  })
}
