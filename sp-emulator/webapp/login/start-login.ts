import { checkIdpAddress } from '../idp-address.ts'
import type { SamlProvider } from '../providers/provider.ts'
import { addPendingLogin, type PendingLogin } from '../sessions/pending-logins.ts'
import { type StoredSession, tokensOf } from '../sessions/session.ts'
import type { WebAppParts } from '../web-app-parts.ts'

interface WantedLogin {
  readonly provider: SamlProvider
  readonly stored: StoredSession | undefined
  readonly wantedPath: string
}

interface StartedLogin {
  readonly sessionId: string
  /** The IdP's address with the AuthnRequest in it. */
  readonly redirect: string
}

/** Has an AuthnRequest made and remembers the wanted page under its id, so that parallel logins do not mix up (web-app-flows §1.4 (a)). */
export async function startLogin(wanted: WantedLogin, parts: WebAppParts): Promise<StartedLogin> {
  const { provider, stored, wantedPath } = wanted
  const { id, realm, redirect } = await parts.elasticsearch.prepare(provider.address)
  const login: PendingLogin = { id, wantedPath }
  const answer = { redirect: checkIdpAddress(redirect) }
  if (stored !== undefined && (await remember(login, { stored, provider }, parts))) {
    return { ...answer, sessionId: stored.id }
  }
  const session = { kind: 'intermediate', provider: provider.name, realm, pendingLogins: [login] } as const
  return { ...answer, sessionId: await parts.sessions.create(session) }
}

interface Present {
  readonly stored: StoredSession
  readonly provider: SamlProvider
}

/** False when there is no session left to remember it in. */
async function remember(login: PendingLogin, { stored, provider }: Present, parts: WebAppParts): Promise<boolean> {
  if (stored.session.provider !== provider.name) {
    await endOther(stored, parts)
    return false
  }
  return parts.sessions.update(stored.id, (session) => ({
    ...session,
    pendingLogins: addPendingLogin(session.pendingLogins, login),
  }))
}

/** The one cookie of a browser can name one session only: that of another provider ends here, and no token outlives it. */
async function endOther({ id, session }: StoredSession, { sessions, elasticsearch }: WebAppParts): Promise<void> {
  const tokens = tokensOf(session)
  if (tokens !== undefined) await elasticsearch.dropTokens(tokens)
  await sessions.destroy(id)
}
