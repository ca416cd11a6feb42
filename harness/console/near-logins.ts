import type { controlInProcess } from '../control/in-process.ts'

type Operations = ReturnType<typeof controlInProcess>
type Sessions = Awaited<ReturnType<Operations['idp']['sessions']['list']>>['sessions']
type Tokens = Awaited<ReturnType<Operations['es']['tokens']['list']>>['tokens']

/** A login that a LogoutRequest nearly named. */
export interface NearLogin {
  readonly id: string
  /** Whose it is; undefined when it has just ended. */
  readonly user: string | undefined
  /** What the message says otherwise, and what stands in the login; null is nothing. */
  readonly differences: readonly { readonly field: string; readonly there: string | null }[]
}

interface Named {
  readonly nameId: object | null
  readonly sessionIndex: string | null
}

/** The sessions at the IdP that are nearest, with what each has of the service provider that asks. */
export function nearSessions(
  nearest: readonly { readonly session: string; readonly differsIn: readonly string[] }[],
  { sessions, serviceProvider }: { readonly sessions: Sessions; readonly serviceProvider: string | null },
): readonly NearLogin[] {
  return nearest.map(({ session, differsIn }) => {
    const found = sessions.find(({ id }) => id === session)
    const participant = found?.participants.find((each) => each.serviceProvider === serviceProvider)
    return { id: session, user: found?.user, differences: differencesIn(differsIn, participant) }
  })
}

/** The pairs of tokens that are nearest, with what each was given at its login. */
export function nearTokens(
  nearest: readonly { readonly token: string; readonly differsIn: readonly string[] }[],
  tokens: Tokens,
): readonly NearLogin[] {
  return nearest.map(({ token, differsIn }) => {
    const found = tokens.find(({ id }) => id === token)
    return { id: token, user: found?.username, differences: differencesIn(differsIn, found) }
  })
}

function differencesIn(differsIn: readonly string[], login: Named | undefined): NearLogin['differences'] {
  const values: Readonly<Record<string, unknown>> = { ...login?.nameId, sessionIndex: login?.sessionIndex }
  return differsIn.map((field) => {
    const there = values[field]
    return { field, there: typeof there === 'string' ? there : null }
  })
}
