/** Where the pages point to, below whatever path the IdP is mounted at. */
export interface Paths {
  readonly home: string
  readonly stylesheet: string
  readonly script: string
  readonly signIn: string
  readonly openServiceProvider: string
  readonly logout: string
  readonly continueLogout: string
}

export function makePaths(basePath: string): Paths {
  return {
    home: `${basePath}/`,
    stylesheet: `${basePath}/style.css`,
    script: `${basePath}/submit.js`,
    signIn: `${basePath}/sign-in`,
    openServiceProvider: `${basePath}/sso/start`,
    logout: `${basePath}/logout`,
    continueLogout: `${basePath}/logout/continue`,
  }
}
