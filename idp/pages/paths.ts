/** Where the pages point to, below whatever path the IdP is mounted at. */
export interface Paths {
  readonly home: string
  readonly stylesheet: string
  /** Submits the form that carries a message. */
  readonly submitScript: string
  /** Goes on when every frame has come back. */
  readonly framesScript: string
  readonly signIn: string
  readonly openServiceProvider: string
  readonly logout: string
  readonly continueLogout: string
  readonly restartLogout: string
  /** Carries a logout on by GET, for who holds the secret name of its run: a page that reloads itself, an address that was handed over. */
  readonly nextOfLogout: string
  readonly logoutFrame: string
}

export function makePaths(basePath: string): Paths {
  return {
    home: `${basePath}/`,
    stylesheet: `${basePath}/style.css`,
    submitScript: `${basePath}/submit.js`,
    framesScript: `${basePath}/frames.js`,
    signIn: `${basePath}/sign-in`,
    openServiceProvider: `${basePath}/sso/start`,
    logout: `${basePath}/logout`,
    continueLogout: `${basePath}/logout/continue`,
    restartLogout: `${basePath}/logout/again`,
    nextOfLogout: `${basePath}/logout/next`,
    logoutFrame: `${basePath}/logout/frame`,
  }
}
