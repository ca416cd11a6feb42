import { Foreign } from './foreign.tsx'
import { Layout } from './layout.tsx'
import type { Paths } from './paths.ts'
import { SignInButtons, type SignInChoice } from './sign-in-buttons.tsx'

export interface SignInView {
  readonly paths: Paths
  readonly clock: string | undefined
  readonly users: readonly SignInChoice[]
  readonly pending: string
  /** The service provider that the user is on the way to. */
  readonly spName: string
  readonly reason: 'no-session' | 'force-authn'
}

export function SignInPage({ paths, clock, users, pending, spName, reason }: SignInView) {
  return (
    <Layout title="Sign in" paths={paths} clock={clock}>
      <p>
        to continue to{' '}
        <strong>
          <Foreign text={spName} />
        </strong>
      </p>
      {reason === 'force-authn' && <p>It asks that you sign in again.</p>}
      <SignInButtons paths={paths} users={users} pending={pending} />
      <p class="hint">A mock: choose who you are, there is no password.</p>
    </Layout>
  )
}
