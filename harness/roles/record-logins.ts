import type { TokenService } from '../../sp-emulator/index.ts'
import type { PairOfTokens } from './role-options.ts'

/** The tokens of a SAML login. */
export interface RecordedLogin extends PairOfTokens {
  /** The pairs that refreshes put in its place, oldest first. */
  readonly refreshed: readonly PairOfTokens[]
  /** The name of the realm that let the user in. */
  readonly realm: string
}

interface KeptLogin extends RecordedLogin {
  readonly refreshed: PairOfTokens[]
}

/** A token service that remembers the tokens of each SAML login and of its refreshes, so that they can be probed after a logout, when the application has forgotten them. */
export function recordLogins(service: TokenService): { tokens: TokenService; issued: () => readonly RecordedLogin[] } {
  const logins: KeptLogin[] = []
  const loginOf = new Map<string, KeptLogin>()
  const issue: TokenService['issue'] = async (grant) => {
    const pair = await service.issue(grant)
    const { accessToken, refreshToken, authentication } = pair
    if (grant.metadata === undefined) return pair
    const login = { accessToken, refreshToken, refreshed: [], realm: authentication.realm.name }
    logins.push(login)
    loginOf.set(refreshToken, login)
    return pair
  }
  const refresh: TokenService['refresh'] = async (used, client) => {
    const result = await service.refresh(used, client)
    if (result.kind === 'refused') return result
    const { accessToken, refreshToken } = result.tokens
    const login = loginOf.get(used)
    if (login === undefined || loginOf.has(refreshToken)) return result
    login.refreshed.push({ accessToken, refreshToken })
    loginOf.set(refreshToken, login)
    return result
  }
  const issued = () => logins.map(({ refreshed, ...login }) => ({ ...login, refreshed: [...refreshed] }))
  const clear = async (): Promise<void> => {
    logins.length = 0
    loginOf.clear()
    await service.clear()
  }
  return { tokens: { ...service, issue, refresh, clear }, issued }
}
