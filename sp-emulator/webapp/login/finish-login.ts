import { homeOf, ownPath } from '../own-path.ts'
import { finishPendingLogin } from '../sessions/pending-logins.ts'
import { WebAppError } from '../web-app-error.ts'
import type { WebAppParts } from '../web-app-parts.ts'
import { type AcceptedResponse, consumeResponse, type PresentedResponse } from './consume-response.ts'
import { type FinishedLogin, makeSession } from './make-session.ts'

interface LoginInput extends PresentedResponse {
  readonly relayState: string | undefined
}

/** saml-bindings-2.0 §3.5.3; Kibana knows no limit. */
const maxRelayStateOctets = 80

/**
 * Exchanges a Response for tokens and makes the session (web-app-flows §1.4 (a) to (c)). The careful profile takes each Response once.
 *
 * @throws ElasticsearchError when the Response is refused; the session that was there, if any, is then as it was
 */
export async function finishLogin(input: LoginInput, parts: WebAppParts): Promise<FinishedLogin> {
  if (parts.profile === 'kibana') return exchangeAndBegin(input, parts)
  const { replays } = parts
  if (!(await replays.take(input.samlResponse))) throw replayed()
  const finished = await exchangeAndBegin(input, parts).catch(async (error: unknown) => {
    await replays.giveBack(input.samlResponse)
    throw error
  })
  await replays.keep(input.samlResponse)
  return finished
}

async function exchangeAndBegin(input: LoginInput, parts: WebAppParts): Promise<FinishedLogin> {
  const accepted = await consumeResponse(input, parts)
  const { provider, own, login } = accepted
  const { wantedPath, stillPending } = finishPendingLogin(own?.pendingLogins ?? [], login.inResponseTo)
  const location = (wantedPath ?? deepLink(input, accepted, parts)) || homeOf(parts.baseUrl)
  const session = {
    kind: 'authenticated',
    provider: provider.name,
    realm: login.realm,
    username: login.username,
    credentials: { tokens: login.tokens },
    pendingLogins: stillPending,
    pendingLogout: own?.pendingLogout,
  } as const
  return makeSession({ stored: input.stored, session, location }, parts)
}

/** RelayState may name the page only where nobody asked, where the provider allows it, and only one of our own (web-app-flows cases 63 to 67). */
function deepLink({ relayState }: LoginInput, { provider, own }: AcceptedResponse, parts: WebAppParts): string {
  if (!provider.useRelayStateDeepLink || relayState === undefined || relayState === '') return ''
  if (own !== undefined && own.pendingLogins.length > 0) return ''
  const isTooLong = Buffer.byteLength(relayState) > maxRelayStateOctets
  return parts.profile === 'careful' && isTooLong ? '' : ownPath(relayState, parts.baseUrl)
}

function replayed(): WebAppError {
  const answer = { code: 'REPLAYED_RESPONSE', status: 401, headline: 'Unauthenticated' } as const
  return new WebAppError(answer, 'This Response has already been used to log in.')
}
