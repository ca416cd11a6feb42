import type { Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import { isNameIdFormat } from '../directory/name-ids.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SsoTask } from './sso-task.ts'

type SsoDecision =
  | { readonly kind: 'assert'; readonly session: IdpSession }
  | { readonly kind: 'ask-to-sign-in'; readonly reason: 'no-session' | 'force-authn' }
  | { readonly kind: 'refuse'; readonly status: Status }

const invalidNameIdPolicy: Status = {
  codes: [STATUS.requester, STATUS.invalidNameIdPolicy],
  message: 'this identity provider cannot make the name identifier that was asked for',
}
const noPassive: Status = {
  codes: [STATUS.responder, STATUS.noPassive],
  message: 'the user would have to be asked to sign in',
}

/** How a verified AuthnRequest is to be answered, given who is signed in (saml-core-2.0 §3.4.1, §3.4.1.1). */
export function decideSso(task: SsoTask, session: IdpSession | undefined): SsoDecision {
  if (!canName(task)) return { kind: 'refuse', status: invalidNameIdPolicy }
  const forceAuthn = task.request?.forceAuthn ?? false
  if (session !== undefined && !forceAuthn) return { kind: 'assert', session }
  if (task.request?.isPassive) return { kind: 'refuse', status: noPassive }
  return { kind: 'ask-to-sign-in', reason: session === undefined ? 'no-session' : 'force-authn' }
}

function canName({ request, spEntityId }: SsoTask): boolean {
  const { format, spNameQualifier = spEntityId } = request?.nameIdPolicy ?? {}
  // An SPNameQualifier that is not its own would be an affiliation, and none is known here.
  return spNameQualifier === spEntityId && (format === undefined || isNameIdFormat(format))
}
