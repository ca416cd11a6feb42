import type { TokenService } from '../../sp-emulator/index.ts'

/** The tokens of a SAML login. */
export interface RecordedLogin {
  readonly accessToken: string
  readonly refreshToken: string
  /** The name of the realm that let the user in. */
  readonly realm: string
}

/** A token service that remembers the tokens of each SAML login, so that they can be probed after a logout, when the application has forgotten them. */
export function recordLogins(service: TokenService): { tokens: TokenService; issued: () => readonly RecordedLogin[] } {
  const logins: RecordedLogin[] = []
  const issue: TokenService['issue'] = async (grant) => {
    const pair = await service.issue(grant)
    const { accessToken, refreshToken, authentication } = pair
    if (grant.metadata !== undefined) logins.push({ accessToken, refreshToken, realm: authentication.realm.name })
    return pair
  }
  const clear = async (): Promise<void> => {
    logins.length = 0
    await service.clear()
  }
  return { tokens: { ...service, issue, clear }, issued: () => [...logins] }
}
