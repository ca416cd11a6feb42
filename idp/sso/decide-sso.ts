import type { Status } from '#saml/messages/status'
import { STATUS } from '#saml/names'
import type { TrustedSp } from '../directory/trusted-sp.ts'
import type { IdpSession } from '../sessions/idp-session.ts'
import type { SsoTask } from './sso-task.ts'
import { whyUnmet } from './unmet.ts'

type SsoDecision =
  | { readonly kind: 'assert'; readonly session: IdpSession }
  | { readonly kind: 'ask-to-sign-in'; readonly reason: 'no-session' | 'force-authn' }
  | { readonly kind: 'refuse'; readonly status: Status }

const noPassive: Status = {
  codes: [STATUS.responder, STATUS.noPassive],
  message: 'the user would have to be asked to sign in',
}

interface Circumstances {
  /** Who is signed in. */
  readonly session: IdpSession | undefined
  /** Who wants the login. */
  readonly sp: TrustedSp
  readonly idpEntityId: string
}

/** How a verified AuthnRequest is to be answered (saml-core-2.0 §3.4.1). */
export function decideSso({ request }: SsoTask, { session, ...parties }: Circumstances): SsoDecision {
  const unmet = whyUnmet(request, parties)
  if (unmet !== undefined) return { kind: 'refuse', status: unmet }
  if (session !== undefined && !request?.forceAuthn) return { kind: 'assert', session }
  if (request?.isPassive) return { kind: 'refuse', status: noPassive }
  return { kind: 'ask-to-sign-in', reason: session === undefined ? 'no-session' : 'force-authn' }
}
