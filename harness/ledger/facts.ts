/** Whether something still opens what it opened. */
export type Life = 'alive' | 'dead'

/** What is really so of a login, each looked up when it was asked for; `unknown` is what nobody here can look up. */
export interface Facts {
  /** Whether the session that the login made still opens the application. */
  readonly application: 'signedIn' | 'signedOut' | 'unknown'
  /** Whether an access token of the login is still accepted. */
  readonly accessToken: Life | 'unknown'
  /** Whether a refresh token of the login still gives another pair. */
  readonly refreshToken: Life | 'unknown'
}

export const nothingKnown: Facts = { application: 'unknown', accessToken: 'unknown', refreshToken: 'unknown' }

/** What the facts prove of a login: it is alive if one fact is, and has ended if a fact is known and all known ones say so (`spec/contract.md` §2.8). */
export function whatIsProven(facts: Facts): 'ended' | 'alive' | 'unknown' {
  const known = Object.values(facts).filter((fact) => fact !== 'unknown')
  if (known.some((fact) => fact === 'alive' || fact === 'signedIn')) return 'alive'
  return known.length === 0 ? 'unknown' : 'ended'
}
