import { expectIncludes, expectMatch, expectSame } from './drift.ts'
import type { Answer, Target } from './target.ts'

export function errorOf({ json }: Answer): Readonly<Record<string, unknown>> {
  const { error } = json
  return typeof error === 'object' && error !== null ? (error as Record<string, unknown>) : {}
}

/** A refusal of SAML outside a login: 500 in classic, or 400 where the caller's argument is to blame; 401 in recent (spec §3.12). */
export function expectSamlRefusal(
  answer: Answer,
  { profile }: Target,
  { reason, classic = 500 }: { readonly reason: RegExp; readonly classic?: 400 | 500 },
): void {
  expectSame('status', answer.status, profile.name === 'recent' ? 401 : classic)
  expectMatch('reason', errorOf(answer)['reason'], reason)
  const type = profile.name === 'recent' ? 'saml_authentication_exception' : 'security_exception'
  expectSame('type', errorOf(answer)['type'], type)
}

/** A refused login tells nothing; where the log can be seen, it has the reason (spec §1.7). */
export function expectLoginRefused(answer: Answer, target: Target, ...logged: readonly string[]): void {
  const action = 'cluster:admin/xpack/security/saml/authenticate'
  expectSame('status', answer.status, 401)
  expectSame(
    'reason',
    errorOf(answer)['reason'],
    `unable to authenticate user [<unauthenticated-saml-user>] for action [${action}]`,
  )
  if (target.logged !== undefined) expectIncludes('log', target.logged(), ...logged)
}

/** A Response to a request that is not pending: hidden in classic, named in recent (spec §1.7). */
export function expectUnsolicited(answer: Answer, target: Target, id: string): void {
  if (target.profile.name !== 'recent') {
    expectLoginRefused(answer, target, id)
    return
  }
  expectSame('status', answer.status, 401)
  expectMatch('reason', errorOf(answer)['reason'], /^SAML content is in-response-to \[.*\] but expected one of \[.*\]$/)
  expectSame('field', errorOf(answer)['security.saml.unsolicited_in_response_to'], id)
}

/** The caller's request itself is wrong. */
export function expectBadRequest(answer: Answer, type: string, reason: RegExp): void {
  expectSame('status', answer.status, 400)
  expectSame('type', errorOf(answer)['type'], type)
  expectMatch('reason', errorOf(answer)['reason'], reason)
}
