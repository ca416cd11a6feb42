import type { TokenService } from '../../sp-emulator/index.ts'
import type { RecordedLogins } from './role-options.ts'

/**
 * A token service that keeps the tokens of each SAML login and of its refreshes, so that they can be probed after a logout, when the application has forgotten them.
 * Replicas in one process keep them in one place: a login at one is refreshed at another.
 */
export function recordLogins(service: TokenService, logins: RecordedLogins): TokenService {
  const issue: TokenService['issue'] = async (grant) => {
    const pair = await service.issue(grant)
    const { accessToken, refreshToken, authentication } = pair
    if (grant.metadata === undefined) return pair
    logins.set(refreshToken, { accessToken, refreshToken, refreshed: [], realm: authentication.realm.name })
    return pair
  }
  const refresh: TokenService['refresh'] = async (used, client) => {
    const result = await service.refresh(used, client)
    if (result.kind === 'refused') return result
    const { accessToken, refreshToken } = result.tokens
    const login = logins.get(used)
    if (login === undefined || logins.has(refreshToken)) return result
    login.refreshed.push({ accessToken, refreshToken })
    logins.set(refreshToken, login)
    return result
  }
  const clear = async (): Promise<void> => {
    logins.clear()
    await service.clear()
  }
  return { ...service, issue, refresh, clear }
}
