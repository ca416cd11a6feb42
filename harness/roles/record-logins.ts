import type { TokenService } from '../../sp-emulator/index.ts'
import type { PairOfTokens, RecordedLogin } from './role-options.ts'

/**
 * A token service that keeps the tokens of each SAML login and of its refreshes in a list, so that they can be probed after a logout, when the application has forgotten them.
 * Replicas in one process have one list: a login at one is refreshed at another.
 */
export function recordLogins(service: TokenService, logins: RecordedLogin[]): TokenService {
  const isGiven = (token: string) => (pair: PairOfTokens) => pair.refreshToken === token
  const loginOf = (token: string) => logins.find((login) => [login, ...login.refreshed].some(isGiven(token)))
  const issue: TokenService['issue'] = async (grant) => {
    const pair = await service.issue(grant)
    const { accessToken, refreshToken, authentication } = pair
    if (grant.metadata === undefined) return pair
    logins.push({ accessToken, refreshToken, refreshed: [], realm: authentication.realm.name })
    return pair
  }
  const refresh: TokenService['refresh'] = async (used, client) => {
    const result = await service.refresh(used, client)
    if (result.kind === 'refused') return result
    const { accessToken, refreshToken } = result.tokens
    if (loginOf(refreshToken) === undefined) loginOf(used)?.refreshed.push({ accessToken, refreshToken })
    return result
  }
  const clear = async (): Promise<void> => {
    logins.length = 0
    await service.clear()
  }
  return { ...service, issue, refresh, clear }
}
