import type { TokenService } from '../../sp-emulator/index.ts'
import type { IssuedTokens } from './role-options.ts'

/** A token service that remembers the tokens of each SAML login, so that they can be probed after a logout, when the application has forgotten them. */
export function recordLogins(service: TokenService): { tokens: TokenService; issued: () => readonly IssuedTokens[] } {
  const logins: IssuedTokens[] = []
  const issue: TokenService['issue'] = async (grant) => {
    const pair = await service.issue(grant)
    if (grant.metadata !== undefined) logins.push({ accessToken: pair.accessToken, refreshToken: pair.refreshToken })
    return pair
  }
  return { tokens: { ...service, issue }, issued: () => [...logins] }
}
